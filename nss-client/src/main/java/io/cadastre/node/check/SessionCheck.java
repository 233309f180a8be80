/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

/** N20: what a session has to have for containers that are limited, or outlive it. */
final class SessionCheck {
  private SessionCheck() {}

  static CheckOutcome delegated(CheckedNode node, UserAccount user) throws Unobservable {
    if (!node.sight().exists("/proc/self")) {
      throw new Unobservable("there is no /proc to look at");
    }
    String runtime = "/run/user/" + user.uid();
    if (node.mounts().isPresent()
        && node.mounts().get().mounts().stream().noneMatch(m -> m.type().equals("cgroup2"))) {
      return CheckOutcome.warn(
          "no cgroup v2 is mounted: a rootless container cannot be limited",
          "Boot with systemd.unified_cgroup_hierarchy=1.");
    }
    if (!node.sight().exists(runtime)) {
      return CheckOutcome.warn(
          runtime + " does not exist: Podman makes do with /tmp",
          "Log in through pam_systemd, or loginctl enable-linger " + user.name() + ".");
    }
    return node.sight().exists("/var/lib/systemd/linger/" + user.name())
        ? CheckOutcome.pass(runtime + " is there, and lingers")
        : CheckOutcome.pass(
            runtime + " is there; containers end with the session, for there is no linger");
  }
}
