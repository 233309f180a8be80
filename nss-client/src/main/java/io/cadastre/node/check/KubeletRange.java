/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * The IDs that a kubelet on this node gives to pods in user namespaces: the answer of getsubids for
 * the user kubelet; without such a user, everything from 65536 up (Kubernetes, kubelet_pods.go).
 */
final class KubeletRange {
  private static final String USER = "kubelet";

  private KubeletRange() {}

  /** What is wrong with the kubelet's IDs; empty if they are its own. */
  static Optional<String> problem(CheckedNode node, Snapshot snapshot) throws Unobservable {
    List<UserAccount> accounts = new UserAccounts(node.host()).find(List.of(USER));
    if (accounts.isEmpty()) {
      return snapshot.rows().isEmpty()
          ? Optional.empty()
          : Optional.of(
              "there is no user kubelet, so its pods take any IDs from 65536 up, those of the registry's %d rows too"
                  .formatted(snapshot.rows().size()));
    }
    UserRanges ranges = new UserRanges(node, accounts.get(0));
    for (IdType type : IdType.values()) {
      for (PlacedRow row : ranges.lines(type)) {
        if (row.overflows()) {
          return Optional.of("%s goes beyond the last ID, %d".formatted(row, IdRange.MAX_ID));
        }
      }
    }
    List<IdRange> uids = ranges.lookUp(IdType.SUBUID);
    List<IdRange> gids = ranges.lookUp(IdType.SUBGID);
    if (uids.size() != 1 || !uids.equals(gids) || !isAligned(uids.get(0))) {
      return Optional.of(
          "getsubids kubelet must give one range, equal for uids and gids, with start and count in multiples of 65536, and gives %s and %s: a kubelet that supports user namespaces does not start"
              .formatted(uids, gids));
    }
    return snapshot.rows().stream()
        .filter(row -> !row.name().value().equals(USER))
        .filter(row -> row.uidRange().overlaps(uids.get(0)) || row.gidRange().overlaps(uids.get(0)))
        .findFirst()
        .map(
            row ->
                "its range %s overlaps %s of %s"
                    .formatted(uids.get(0), row.uidRange(), row.name()));
  }

  private static boolean isAligned(IdRange range) {
    return range.start() % Pool.DEFAULT_COUNT == 0 && range.count() % Pool.DEFAULT_COUNT == 0;
  }
}
