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

  private static final Pattern RELEASE =
      Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})(?:\\.([0-9]{1,6}))?.*");

  private KernelRelease() {}

  /**
   * Returns whether the release is older than overlay for rootless users; false for a text that is
   * no release.
   */
  static boolean beforeRootlessOverlay(String release) {
    Matcher parts = RELEASE.matcher(release);
    if (!parts.matches()) {
      return false;
    }
    for (int i = 0; i < ROOTLESS_OVERLAY.length; i++) {
      int part = Optional.ofNullable(parts.group(i + 1)).map(Integer::parseInt).orElse(0);
      if (part != ROOTLESS_OVERLAY[i]) {
        return part < ROOTLESS_OVERLAY[i];
      }
    }
    return false;
  }
}
