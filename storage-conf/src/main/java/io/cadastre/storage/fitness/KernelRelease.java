/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kernel releases as uname(2) says them: numbers, and whatever a distribution puts after them. */
final class KernelRelease {
  /** podman(1), "rootless mode": overlay without a mount program from 5.12.9 on. */
  private static final int[] ROOTLESS_OVERLAY = {5, 12, 9};

  private static final Pattern RELEASE =
      Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})(?:\\.([0-9]{1,6}))?.*");

  private KernelRelease() {}

  /** Whether it is older than overlay for rootless users; what is no release is not. */
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
