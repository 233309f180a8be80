/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

/** N20: whether a session can limit containers, and whether containers outlive it. */
final class SessionCheck {
  private SessionCheck() {}

  static CheckOutcome delegated(CheckedNode node, UserAccount user) throws Unobservable {
    if (!node.host().exists("/proc/self")) {
      throw new Unobservable("/proc does not exist");
    }
    String runtime = "/run/user/" + user.uid();
    if (node.mounts().isPresent()
        && node.mounts().get().mounts().stream().noneMatch(m -> m.type().equals("cgroup2"))) {
      return CheckOutcome.warn(
          "no cgroup v2 is mounted: a rootless container cannot be limited",
          "Boot with systemd.unified_cgroup_hierarchy=1.");
    }
    if (!node.host().exists(runtime)) {
      return CheckOutcome.warn(
          runtime + " does not exist: Podman uses /tmp instead",
          "Log in through pam_systemd, or run loginctl enable-linger " + user.name() + ".");
    }
    return node.host().exists("/var/lib/systemd/linger/" + user.name())
        ? CheckOutcome.pass(runtime + " exists, and linger is enabled")
        : CheckOutcome.pass(
            runtime + " exists; containers end with the session, since linger is not enabled");
  }
}
