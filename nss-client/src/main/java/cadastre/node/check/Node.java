/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import cadastre.node.guard.Acceptances;
import cadastre.node.settings.Settings;
import cadastre.node.sync.Nsswitch;
import cadastre.node.sync.Present;
import cadastre.subid.fitness.MountTable;
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
record Node(
    Sight sight,
    Present present,
    Settings settings,
    Acceptances accepted,
    Optional<MountTable> mounts) {

  /** Reads the mount table last: looking at a path may have made autofs mount it. */
  static Node of(Sight sight, Present present, Settings settings, Acceptances accepted) {
    return new Node(sight, present, settings, accepted, mounts(sight));
  }

  /** This node with its mount table read again. */
  Node withMountsOfNow() {
    return new Node(sight, present, settings, accepted, mounts(sight));
  }

  /** What nsswitch.conf(5) says after {@code subid:}; files where it says nothing. */
  String subidSource() throws Unseen {
    return Nsswitch.source(sight.text("/etc/nsswitch.conf").orElse(""));
  }

  private static Optional<MountTable> mounts(Sight sight) {
    try {
      return sight.text("/proc/self/mountinfo").map(MountTable::parse);
    } catch (Unseen e) {
      return Optional.empty();
    }
  }
}
