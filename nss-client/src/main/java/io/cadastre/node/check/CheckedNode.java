/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.sync.NodeState;
import io.cadastre.node.sync.Nsswitch;
import io.cadastre.storage.fitness.MountTable;
import java.util.Optional;

/**
 * A node that is being checked.
 *
 * @param host observes its file tree
 * @param nodeState the files that it serves
 * @param settings of its node.conf
 * @param accepted the acceptances of its accept.d
 * @param mounts its mount table; empty if it could not be read
 */
record CheckedNode(
    HostInspector host,
    NodeState nodeState,
    NodeSettings settings,
    Acceptances accepted,
    Optional<MountTable> mounts) {

  /** Reads the mount table and returns the node. */
  static CheckedNode inspect(
      HostInspector host, NodeState nodeState, NodeSettings settings, Acceptances accepted) {
    return new CheckedNode(host, nodeState, settings, accepted, mounts(host));
  }

  /**
   * This node with its mount table read again: since then a look at a path may have made autofs
   * mount it.
   */
  CheckedNode withCurrentMounts() {
    return new CheckedNode(host, nodeState, settings, accepted, mounts(host));
  }

  /** The first word after {@code subid:} in nsswitch.conf(5); {@code files} if there is none. */
  String subidSource() throws Unobservable {
    return Nsswitch.source(host.text("/etc/nsswitch.conf").orElse(""));
  }

  private static Optional<MountTable> mounts(HostInspector host) {
    try {
      return host.text("/proc/self/mountinfo").map(MountTable::parse);
    } catch (Unobservable e) {
      return Optional.empty();
    }
  }
}
