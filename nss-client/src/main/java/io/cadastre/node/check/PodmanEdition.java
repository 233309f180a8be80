/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.Answer;
import io.cadastre.storage.Engine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The edition of storage.conf's rules that the node's Podman follows, told by its version: what a
 * Podman was built with no look from outside shows.
 */
final class PodmanEdition {
  private static final Pattern VERSION =
      Pattern.compile("podman version ([0-9]{1,4})\\.([0-9]{1,4})");

  /** Seen in Debian unstable: 5.8.6 follows the merged rules. */
  private static final int MERGED_MAJOR = 5;

  private static final int MERGED_MINOR = 8;

  private PodmanEdition() {}

  /** The edition; legacy where there is no Podman to ask. */
  static Engine of(HostInspector sight) {
    if (!sight.live()) {
      return Engine.LEGACY;
    }
    try {
      Answer answer =
          OwnSession.run(
              "podman",
              SystemPrograms.PLAIN,
              List.of("podman", "--version"),
              SystemPrograms.LIMITS);
      Matcher version = VERSION.matcher(answer.said());
      return version.find() && merged(version) ? Engine.MERGED : Engine.LEGACY;
    } catch (Unobservable e) {
      return Engine.LEGACY;
    }
  }

  private static boolean merged(Matcher version) {
    int major = Integer.parseInt(version.group(1));
    return major > MERGED_MAJOR
        || (major == MERGED_MAJOR && Integer.parseInt(version.group(2)) >= MERGED_MINOR);
  }
}
