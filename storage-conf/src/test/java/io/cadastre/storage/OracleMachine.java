/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;

/** The files that test/sh/ask-podman creates for the cases. */
final class OracleMachine {
  static final DriverSupport SUPPORT =
      new DriverSupport(
          path -> true, true, true, path -> Optional.of("tmpfs"), OracleMachine::state);

  private OracleMachine() {}

  private static PathState state(String path) {
    if (path.startsWith("/nowhere") || path.endsWith("/gone")) {
      return new PathState(PathState.Kind.MISSING, path);
    } else if (path.equals("/tmp/store/file")) {
      return new PathState(PathState.Kind.FILE, path);
    } else if (path.startsWith("/tmp/store/")) {
      return new PathState(PathState.Kind.FOLDER, path);
    } else if (path.endsWith("/link")) {
      return new PathState(PathState.Kind.FOLDER, path.replace("/link", "/target"));
    }
    return PathState.unknown(path);
  }
}
