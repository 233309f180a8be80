/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */

import io.cadastre.node.render.SubidMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the map without rows that cadastre-libs installs, as the client itself renders it. */
final class EmptyMap {
  private EmptyMap() {}

  /** Writes the map into the file that the argument names. */
  public static void main(String[] args) throws IOException {
    Files.write(Path.of(args[0]), SubidMap.empty(false));
  }
}
