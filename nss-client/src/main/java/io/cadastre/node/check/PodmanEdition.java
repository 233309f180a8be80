/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.ProgramResult;
import io.cadastre.storage.Engine;
import io.cadastre.storage.Release;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  /** More than any build has; Debian's has 45 MB. */
  private static final int MOST = 128 << 20;

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
      return of(result.output(), host);
    } catch (Unobservable e) {
      return Engine.LEGACY;
    }
  }

  /**
   * Returns the edition of the installed program.
   *
   * @param output the answer to {@code --version}; the first edition if it has no version
   */
  static Engine of(String output, HostInspector host) {
    Matcher version = VERSION.matcher(output);
    if (!version.find()) {
      return Engine.LEGACY;
    }
    Engine engine = Engine.installed(version.group(1));
    return engine.podman() == Release.V5_8 && isMerging(host) ? engine.merged() : engine;
  }

  /** Returns whether the program has the functions that merge files; false if it is hidden. */
  private static boolean isMerging(HostInspector host) {
    try {
      return host.bytes(PROGRAM, MOST).filter(bytes -> contains(bytes, MERGING)).isPresent();
    } catch (Unobservable e) {
      return false;
    }
  }

  /** Returns whether these bytes are among the others. */
  private static boolean contains(byte[] all, byte[] wanted) {
    for (int i = 0; i + wanted.length <= all.length; i++) {
      if (all[i] == wanted[0]
          && Arrays.equals(all, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
