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
 * @param sight what can be seen of it
 * @param present what it serves
 * @param settings of its node.conf
 * @param accepted of its accept.d
 * @param mounts its mount table, if that could be read
 */
record CheckedNode(
    HostInspector sight,
    NodeState present,
    NodeSettings settings,
    Acceptances accepted,
    Optional<MountTable> mounts) {

  /** Reads the mount table last: looking at a path may have made autofs mount it. */
  static CheckedNode of(
      HostInspector sight, NodeState present, NodeSettings settings, Acceptances accepted) {
    return new CheckedNode(sight, present, settings, accepted, mounts(sight));
  }

  /** This node with its mount table read again. */
  CheckedNode withMountsOfNow() {
    return new CheckedNode(sight, present, settings, accepted, mounts(sight));
  }

  /** What nsswitch.conf(5) says after {@code subid:}; files where it says nothing. */
  String subidSource() throws Unobservable {
    return Nsswitch.source(sight.text("/etc/nsswitch.conf").orElse(""));
  }

  private static Optional<MountTable> mounts(HostInspector sight) {
    try {
      return sight.text("/proc/self/mountinfo").map(MountTable::parse);
    } catch (Unobservable e) {
      return Optional.empty();
    }
  }
}
