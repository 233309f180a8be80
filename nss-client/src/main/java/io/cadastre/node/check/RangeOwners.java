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
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import io.cadastre.subid.SubidRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the owner of a subordinate ID: in the rows of the stored snapshot that the node serves, or
 * else in the rows of /etc/subuid or /etc/subgid that it serves. Looks each owner of a local row up
 * at most once, so that a filter can ask for thousands of IDs. Not thread-safe.
 */
public final class RangeOwners {
  private final RangeIndex registry;
  private final List<SubidRow> rows;
  private final NodeAccounts accounts;
  private final Map<String, LocalOwner> known = new HashMap<>();

  /** The account of an owner field, and the ranges that the node serves to it. */
  private record LocalOwner(Optional<Account> account, Set<IdRange> served) {}

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
    return of(new NodeAccounts(nodeState, settings), type);
  }

  /** As {@link #of(NodeState, NodeSettings, IdType)}, with these accounts. */
  static Optional<RangeOwners> of(NodeAccounts accounts, IdType type) {
    NodeState nodeState = accounts.nodeState();
    Optional<Snapshot> served = nodeState.served();
    List<SubidRow> rows = nodeState.rows(type);
    return served.isEmpty() && rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RangeOwners(
                served
                    .map(snapshot -> RangeIndex.of(snapshot, type))
                    .orElseGet(() -> new RangeIndex(type, List.of())),
                rows,
                accounts));
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
        .map(row -> owner(type, row));
  }

  /** shadow reads rows behind "#" and "!" as those of owners that cannot be accounts. */
  private boolean isServed(IdType type, SubidRow row) {
    return !row.owner().startsWith("#")
        && !row.owner().startsWith("!")
        && local(type, row.owner()).served().contains(row.range());
  }

  private LocalOwner local(IdType type, String field) {
    return known.computeIfAbsent(
        field,
        owner -> {
          Optional<Account> account = accounts.find(owner);
          return new LocalOwner(
              account,
              accounts.ranges(owner, account).rows(type).stream()
                  .map(SubidRow::range)
                  .collect(Collectors.toSet()));
        });
  }

  private RangeOwner owner(IdType type, SubidRow row) {
    Optional<Account> account = local(type, row.owner()).account();
    return new RangeOwner(
        account.map(Account::name).orElse(row.owner()), account.map(Account::id), row.range());
  }
}
