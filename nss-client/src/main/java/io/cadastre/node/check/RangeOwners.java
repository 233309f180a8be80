/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.guard.LocalAccounts.Account;
import io.cadastre.node.guard.RangeIndex;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.sync.NodeState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SnapshotRow;
import io.cadastre.subid.SubidRow;
import java.util.List;
import java.util.Optional;

/**
 * Finds the owner of a subordinate ID: in the stored snapshot, or else in the rows of /etc/subuid
 * or /etc/subgid that the node serves.
 */
public final class RangeOwners {
  private final RangeIndex registry;
  private final List<SubidRow> rows;
  private final NodeAccounts accounts;

  /**
   * The owner of a range.
   *
   * @param name the login name; the owner field of the row if no account is known
   * @param uid the uid; empty if it is not known
   */
  public record RangeOwner(String name, Optional<Long> uid, IdRange range) {}

  private RangeOwners(RangeIndex registry, List<SubidRow> rows, NodeAccounts accounts) {
    this.registry = registry;
    this.rows = rows;
    this.accounts = accounts;
  }

  /** The owners on a node; empty if it has neither a snapshot nor a row. */
  public static Optional<RangeOwners> of(NodeState nodeState, NodeSettings settings, IdType type) {
    List<SubidRow> rows = nodeState.rows(type);
    return nodeState.lastGood().isEmpty() && rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RangeOwners(
                nodeState
                    .lastGood()
                    .map(snapshot -> RangeIndex.of(snapshot, type))
                    .orElseGet(() -> new RangeIndex(type, List.of())),
                rows,
                new NodeAccounts(nodeState, settings)));
  }

  /** The owner of an ID; empty if it has none. */
  public Optional<RangeOwner> find(long id) {
    IdType type = registry.type();
    Optional<SnapshotRow> registered = registry.touching(new IdRange(id, 1));
    if (registered.isPresent()) {
      SnapshotRow row = registered.get();
      return Optional.of(
          new RangeOwner(row.name().value(), Optional.of(row.uidNumber()), row.range(type)));
    }
    return rows.stream()
        .filter(row -> row.range().contains(id) && isServed(type, row))
        .findFirst()
        .map(this::owner);
  }

  /** shadow reads rows behind "#" and "!" as those of owners that cannot be accounts. */
  private boolean isServed(IdType type, SubidRow row) {
    return !row.owner().startsWith("#")
        && !row.owner().startsWith("!")
        && accounts.ranges(row.owner()).rows(type).stream()
            .anyMatch(served -> served.range().equals(row.range()));
  }

  private RangeOwner owner(SubidRow row) {
    Optional<Account> account = accounts.find(row.owner());
    return new RangeOwner(
        account.map(Account::name).orElse(row.owner()), account.map(Account::id), row.range());
  }
}
