/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kernel releases of uname(2): numbers, and a suffix of the distribution. */
final class KernelRelease {
  /**
   * The first release with overlay for rootless users without a mount program: podman(1), "rootless
   * mode".
   */
  private static final int[] ROOTLESS_OVERLAY = {5, 12, 9};

  /** The first release on which containers/storage expects overlay: canUseRootlessOverlay. */
  private static final int[] EXPECTED_OVERLAY = {5, 13, 0};

  private static final Pattern RELEASE =
      Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})(?:\\.([0-9]{1,6}))?.*");

  private KernelRelease() {}

  /**
   * Returns whether the release is older than overlay for rootless users; false for a text that is
   * no release.
   */
  static boolean beforeRootlessOverlay(String release) {
    return isBefore(release, ROOTLESS_OVERLAY);
  }

  /**
   * Returns whether the release is older than the first on which Podman tries overlay for rootless
   * users without looking further; false for a text that is no release.
   */
  static boolean beforeExpectedOverlay(String release) {
    return isBefore(release, EXPECTED_OVERLAY);
  }

  private static boolean isBefore(String release, int[] first) {
    Matcher parts = RELEASE.matcher(release);
    if (!parts.matches()) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      int part = Optional.ofNullable(parts.group(i + 1)).map(Integer::parseInt).orElse(0);
      if (part != first[i]) {
        return part < first[i];
      }
    }
    return false;
  }
}
