/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.node.guard.LocalAccounts.Account;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import io.cadastre.subid.SubidRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks a snapshot against the local rows and the local accounts of this node, in one ID space.
 * Not thread-safe.
 */
public final class LocalGuard {
  private final IdType type;
  private final GuardSettings settings;
  private final RangeIndex index;
  private final Map<String, SnapshotRow> owners = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /** A guard for /etc/subuid or /etc/subgid. */
  public LocalGuard(Snapshot snapshot, IdType type, GuardSettings settings) {
    this.type = type;
    this.settings = settings;
    this.index = RangeIndex.of(snapshot, type);
    for (SnapshotRow row : snapshot.rows()) {
      owners.put(row.name().value(), row);
      owners.put(Long.toString(row.uidNumber()), row);
    }
  }

  /**
   * The rules that the snapshot breaks here, a finding for each row and account.
   *
   * @param localRows the rows of the file outside the managed block
   * @param localIds local uids for subuid, local gids for subgid
   */
  public List<Finding> check(List<SubidRow> localRows, List<Long> localIds) {
    localRows.forEach(this::checkRow);
    localIds.forEach(this::checkId);
    return findings;
  }

  /**
   * Finds local accounts that would get an owner's range. subuid(5) identifies an owner by one
   * field, the name or the uid, and such an account has it with another identity. The plugin
   * compares both and does not need this.
   *
   * @param users the local accounts
   * @param key the owner field of a row
   */
  public static List<Finding> checkNames(
      Snapshot snapshot, List<Account> users, Function<SnapshotRow, String> key) {
    Map<String, SnapshotRow> rows = new HashMap<>();
    snapshot.rows().forEach(row -> rows.put(key.apply(row), row));
    List<Finding> findings = new ArrayList<>();
    for (Account user : users) {
      for (String field : List.of(user.name(), Long.toString(user.id()))) {
        SnapshotRow row = rows.get(field);
        if (row != null && !isSame(row, user)) {
          findings.add(
              Rule.LOCAL_ACCOUNT.broken(
                  "local account %s, uid %d".formatted(user.name(), user.id()),
                  "the row %s:%s, of the registry's %s, uid %d, would be that account's"
                      .formatted(field, row.uidRange(), row.name(), row.uidNumber()),
                  "rename or renumber the account; or change \"owners\" in node.conf to the other of name and uid"));
        }
      }
    }
    return findings;
  }

  private static boolean isSame(SnapshotRow row, Account user) {
    return row.uidNumber() == user.id() && row.name().value().equals(user.name());
  }

  /** Whether the registry has the same row: same owner, by name or by uid, and same range. */
  public boolean gives(SubidRow local) {
    return registered(local).filter(row -> row.range(type).equals(local.range())).isPresent();
  }

  private Optional<SnapshotRow> registered(SubidRow local) {
    // shadow reads 01001 as the uid 1001.
    return Optional.ofNullable(owners.get(local.owner().replaceFirst("^0+(?=[0-9]+$)", "")));
  }

  private void checkRow(SubidRow local) {
    if (local.owner().startsWith("#")) {
      return; // a comment; shadow reads it as a row, of an owner that cannot be an account
    }
    Optional<SnapshotRow> overlapping = index.touching(local.range());
    Optional<SnapshotRow> same = registered(local);
    if (same.isPresent() && !settings.grants(type, local)) {
      findings.add(
          Rule.LOCAL_ROW.broken(
              "/etc/%s, row %s".formatted(type.word(), local),
              "the registry gives this owner " + same.get().range(type),
              gives(local)
                  ? "sync --adopt moves the row into the managed block"
                  : "remove the row"));
    } else if (overlapping.isPresent()) {
      findings.add(
          Rule.LOCAL_OVERLAP.broken(
              "/etc/%s, row %s".formatted(type.word(), local),
              "it overlaps %s of %s in the registry"
                  .formatted(overlapping.get().range(type), overlapping.get().name()),
              "remove the row"));
    }
  }

  private void checkId(long id) {
    index
        .touching(new IdRange(id, 1))
        .ifPresent(
            row ->
                findings.add(
                    Rule.LOCAL_ACCOUNT.broken(
                        "local %s %d".formatted(type == IdType.SUBUID ? "uid" : "gid", id),
                        "it lies in %s of %s in the registry"
                            .formatted(row.range(type), row.name()),
                        "renumber the account")));
  }
}
