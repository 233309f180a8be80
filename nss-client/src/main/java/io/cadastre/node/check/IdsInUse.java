/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.guard.LocalAccounts.Account;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SnapshotRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The IDs that belong to accounts and groups known here, in one ID space: those of the user being
 * checked, of this node's files, and of the owners in the snapshot.
 */
final class IdsInUse {
  private final CheckedNode node;
  private final UserAccount user;
  private final IdType type;

  IdsInUse(CheckedNode node, UserAccount user, IdType type) {
    this.node = node;
    this.user = user;
    this.type = type;
  }

  /**
   * An ID that is in use.
   *
   * @param own whether it is the uid or primary gid of the user: Podman maps it, so that a range
   *     with it is never mapped
   * @param holder what has it, for messages
   */
  record IdInUse(long id, boolean own, String holder) {}

  /** The ID of this kind in a range that matters most: the user's own, if it is in the range. */
  Optional<IdInUse> in(IdRange range) {
    return Stream.of(own(), local(), registry())
        .flatMap(ids -> ids)
        .filter(real -> range.contains(real.id()))
        .findFirst();
  }

  private Stream<IdInUse> own() {
    return type == IdType.SUBUID
        ? Stream.of(new IdInUse(user.uid(), true, user.name() + "'s own uid"))
        : Stream.of(new IdInUse(user.gid(), true, user.name() + "'s own gid"));
  }

  private Stream<IdInUse> local() {
    if (type == IdType.SUBGID) {
      List<Long> gids = node.nodeState().accounts().ids(type);
      return Stream.concat(
          gids.stream().map(gid -> new IdInUse(gid, false, "the gid of a group or account here")),
          user.groups().stream()
              .map(gid -> new IdInUse(gid, false, "the gid of a group of " + user.name())));
    }
    return node.nodeState().accounts().users().stream()
        .map((Account local) -> new IdInUse(local.id(), false, "the uid of " + local.name()));
  }

  /** The snapshot has the uids of owners, and no gids. */
  private Stream<IdInUse> registry() {
    if (type == IdType.SUBGID) {
      return Stream.empty();
    }
    return node.nodeState().lastGood().stream()
        .flatMap(snapshot -> snapshot.rows().stream())
        .map(
            (SnapshotRow row) ->
                new IdInUse(row.uidNumber(), false, "the uid of " + row.name().value()));
  }
}
