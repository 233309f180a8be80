/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.ProgramResult;
import io.cadastre.storage.Engine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The edition of the storage.conf rules that the node's Podman follows. The build's edition cannot
 * be detected; it is inferred from the version.
 */
final class PodmanEdition {
  private static final Pattern VERSION =
      Pattern.compile("podman version ([0-9]{1,4})\\.([0-9]{1,4})");

  /** Debian unstable: Podman 5.8.6 follows the merged rules. */
  private static final int MERGED_MAJOR = 5;

  private static final int MERGED_MINOR = 8;

  private PodmanEdition() {}

  /**
   * Runs {@code podman --version}; legacy if there is no Podman or the tree is not the running
   * system.
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
      Matcher version = VERSION.matcher(result.output());
      return version.find() && isMerged(version) ? Engine.MERGED : Engine.LEGACY;
    } catch (Unobservable e) {
      return Engine.LEGACY;
    }
  }

  private static boolean isMerged(Matcher version) {
    int major = Integer.parseInt(version.group(1));
    return major > MERGED_MAJOR
        || (major == MERGED_MAJOR && Integer.parseInt(version.group(2)) >= MERGED_MINOR);
  }
}
