/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.ProgramResult;
import io.cadastre.storage.Engine;
import io.cadastre.storage.Release;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The edition of the storage.conf rules that the node's Podman follows: that of its version. A
 * distribution can build Podman 5.8 with the storage library of 6.0, and does not say so: the names
 * of the functions in the program tell.
 */
final class PodmanEdition {
  private static final Pattern VERSION =
      Pattern.compile("podman version ([0-9]{1,4}\\.[0-9]{1,4}\\.[0-9]{1,4})");

  private static final String PROGRAM = "/usr/bin/podman";

  /** The package of containers/storage that reads merged files. */
  private static final byte[] MERGING =
      "storage/pkg/configfile.".getBytes(StandardCharsets.US_ASCII);

  private static final int BLOCK = 1 << 20;

  private PodmanEdition() {}

  /**
   * Runs {@code podman --version}; the first edition if there is no Podman or the tree is not the
   * running system.
   */
  static Engine detect(HostInspector host) {
    if (!host.live()) {
      return Engine.LEGACY;
    }
    try {
      ProgramResult result =
          OwnSession.run(
              "podman",
              SystemPrograms.PLAIN,
              List.of("podman", "--version"),
              SystemPrograms.LIMITS);
      return of(result.output(), host.resolve(PROGRAM));
    } catch (Unobservable e) {
      return Engine.LEGACY;
    }
  }

  /**
   * Returns the edition of a program.
   *
   * @param output the answer to {@code --version}; the first edition if it has no version
   * @param program the file of the program, which tells which library it has
   */
  static Engine of(String output, Path program) {
    Matcher version = VERSION.matcher(output);
    if (!version.find()) {
      return Engine.LEGACY;
    }
    Engine engine = Engine.installed(version.group(1));
    return engine.podman() == Release.V5_8 && contains(program, MERGING) ? engine.merged() : engine;
  }

  /** Returns whether the file has these bytes; false if it cannot be read. */
  static boolean contains(Path file, byte[] wanted) {
    byte[] block = new byte[BLOCK];
    int kept = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(block, kept, BLOCK - kept);
          n >= 0;
          n = in.read(block, kept, BLOCK - kept)) {
        int length = kept + n;
        if (new String(block, 0, length, StandardCharsets.ISO_8859_1)
            .contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
          return true;
        }
        // What the next block may complete.
        kept = Math.min(length, wanted.length - 1);
        System.arraycopy(block, length - kept, block, 0, kept);
      }
    } catch (IOException e) {
      return false;
    }
    return false;
  }
}
