/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import java.util.List;
import java.util.OptionalLong;

/** N01 to N03: whether the kernel allows user namespaces to plain users. */
final class KernelChecks {
  private static final List<String> PROFILES = List.of("podman", "crun", "buildah");

  private KernelChecks() {}

  static CheckOutcome userNamespaces(CheckedNode node) throws Unobservable {
    OptionalLong most = node.host().number("/proc/sys/user/max_user_namespaces");
    if (most.isEmpty()) {
      return CheckOutcome.unknown("/proc/sys/user/max_user_namespaces does not exist");
    }
    return most.getAsLong() > 0
        ? CheckOutcome.pass("user.max_user_namespaces is " + most.getAsLong())
        : CheckOutcome.fail(
            "user.max_user_namespaces is 0: no rootless container can start",
            "Write \"user.max_user_namespaces = 15000\" into /etc/sysctl.d/userns.conf and run sysctl --system.");
  }

  static CheckOutcome debianSwitch(CheckedNode node) throws Unobservable {
    requireProc(node);
    OptionalLong allowed = node.host().number("/proc/sys/kernel/unprivileged_userns_clone");
    if (allowed.isEmpty()) {
      return CheckOutcome.notApplicable("this kernel has no kernel.unprivileged_userns_clone");
    }
    return allowed.getAsLong() != 0
        ? CheckOutcome.pass("kernel.unprivileged_userns_clone is 1")
        : CheckOutcome.fail(
            "kernel.unprivileged_userns_clone is 0: plain users cannot create a user namespace",
            "Write \"kernel.unprivileged_userns_clone = 1\" into /etc/sysctl.d/userns.conf and run sysctl --system.");
  }

  static CheckOutcome appArmor(CheckedNode node) throws Unobservable {
    requireProc(node);
    String restricts = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";
    OptionalLong restricted = node.host().number(restricts);
    if (restricted.isEmpty() || restricted.getAsLong() == 0) {
      return CheckOutcome.pass("AppArmor does not restrict user namespaces");
    }
    for (String profile : PROFILES) {
      if (node.host().exists("/etc/apparmor.d/" + profile)) {
        return CheckOutcome.pass(
            "AppArmor restricts user namespaces, and has a profile for " + profile);
      }
    }
    return CheckOutcome.fail(
        "kernel.apparmor_restrict_unprivileged_userns is 1, and there is no profile for podman or"
            + " crun in /etc/apparmor.d",
        "Install the profiles (package apparmor-profiles), or set the sysctl to 0.");
  }

  /** Without any /proc, as in an image, a missing file shows nothing. */
  private static void requireProc(CheckedNode node) throws Unobservable {
    if (!node.host().exists("/proc/sys/kernel")) {
      throw new Unobservable("/proc/sys/kernel does not exist");
    }
  }
}
