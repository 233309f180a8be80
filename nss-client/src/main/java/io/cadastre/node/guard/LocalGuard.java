/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.node.guard.LocalAccounts.Account;
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
  /** What Apptainer puts before the owner of a row that it disables. */
  private static final String DISABLED = "!";

  private final IdType type;
  private final GuardSettings settings;
  private final RangeIndex index;
  private final OwnerIndex owners;
  private final List<Conflict> conflicts = new ArrayList<>();

  /** A guard for /etc/subuid or /etc/subgid. */
  public LocalGuard(Snapshot snapshot, IdType type, GuardSettings settings) {
    this.type = type;
    this.settings = settings;
    this.index = RangeIndex.of(snapshot, type);
    this.owners = new OwnerIndex(snapshot);
  }

  /**
   * The conflicts of the snapshot with this node, one for each row and account.
   *
   * @param localRows the local rows of the file
   * @param served whether programs read the local row of an owner in the snapshot: they do if the
   *     node serves by these files, and the plugin does not
   * @param localIds local uids for subuid, local gids for subgid
   * @param adopting whether the sync adopts rows, so that no warning is due for them
   */
  public List<Conflict> check(
      List<SubidRow> localRows, boolean served, List<Long> localIds, boolean adopting) {
    localRows.stream()
        .filter(row -> !(adopting && adopts(row)))
        .forEach(row -> checkRow(row, served));
    localIds.forEach(this::checkId);
    return conflicts;
  }

  /**
   * Finds local accounts that would get an owner's range. subuid(5) identifies an owner by one
   * field, the name or the uid, and such an account has it with another identity. The plugin
   * compares both and does not need this.
   *
   * @param users the local accounts
   * @param key the owner field of a row
   */
  public static List<Conflict> checkNames(
      Snapshot snapshot, List<Account> users, Function<SnapshotRow, String> key) {
    Map<String, SnapshotRow> rows = new HashMap<>();
    snapshot.rows().forEach(row -> rows.put(key.apply(row), row));
    List<Conflict> conflicts = new ArrayList<>();
    for (Account user : users) {
      for (String field : List.of(user.name(), Long.toString(user.id()))) {
        SnapshotRow row = rows.get(field);
        if (row != null && !isSame(row, user)) {
          conflicts.add(
              new Conflict(
                  Rule.LOCAL_ACCOUNT.broken(
                      "local account %s, uid %d".formatted(user.name(), user.id()),
                      "the row %s:%s, of the registry's %s, uid %d, would be that account's"
                          .formatted(field, row.uidRange(), row.name(), row.uidNumber()),
                      "rename or renumber the account; or change \"owners\" in node.conf to the other of name and uid"),
                  List.of(row)));
        }
      }
    }
    return conflicts;
  }

  private static boolean isSame(SnapshotRow row, Account user) {
    return row.uidNumber() == user.id() && row.name().value().equals(user.name());
  }

  /**
   * Whether {@code sync --adopt} removes this local row: the registry gives its owner, by name or
   * by uid, the same range; or Apptainer has disabled a row of an owner in the registry.
   */
  public boolean adopts(SubidRow local) {
    return disabledOwner(local).isPresent() || gives(local);
  }

  /** Whether this local row shares IDs with the range of its owner, and is not equal to it. */
  public boolean doubles(SubidRow local) {
    return owners
        .find(local.owner())
        .map(row -> row.range(type))
        .filter(range -> range.overlaps(local.range()) && !range.equals(local.range()))
        .isPresent();
  }

  private boolean gives(SubidRow local) {
    return owners.findEqual(local, type).isPresent();
  }

  private Optional<SnapshotRow> disabledOwner(SubidRow local) {
    return local.owner().startsWith(DISABLED)
        ? owners.find(local.owner().substring(DISABLED.length()))
        : Optional.empty();
  }

  private void checkRow(SubidRow local, boolean served) {
    if (local.owner().startsWith("#")) {
      return; // a comment; shadow reads it as a row, of an owner that cannot be an account
    }
    String subject = "/etc/%s, row %s".formatted(type.word(), local);
    if (local.owner().startsWith(DISABLED)) {
      if (disabledOwner(local).isPresent()) {
        conflicts.add(
            Conflict.warning(
                Rule.LOCAL_ROW,
                subject,
                "Apptainer has disabled a row of an owner in the registry; the row gives nothing",
                "\"cadastre-node sync --adopt\" removes the row"));
      }
      return;
    }
    Optional<SnapshotRow> same = owners.find(local.owner());
    same.filter(row -> !settings.grants(type, local))
        .ifPresent(row -> addLocalRow(subject, local, row, served));
    List<SnapshotRow> overlapped =
        index.allTouching(local.range()).stream()
            .filter(row -> !same.equals(Optional.of(row)))
            .toList();
    if (!overlapped.isEmpty()) {
      SnapshotRow first = overlapped.get(0);
      conflicts.add(
          new Conflict(
              Rule.LOCAL_OVERLAP.broken(
                  subject,
                  "it overlaps %s of %s in the registry%s"
                      .formatted(first.range(type), first.name(), more(overlapped.size() - 1)),
                  "remove the row"),
              overlapped));
    }
  }

  private void addLocalRow(String subject, SubidRow local, SnapshotRow row, boolean served) {
    String message = "the registry gives this owner " + row.range(type);
    if (gives(local)) {
      conflicts.add(
          Conflict.warning(
              Rule.LOCAL_ROW,
              subject,
              message + (served ? " too; the local row serves" : " too"),
              "\"cadastre-node sync --adopt\" "
                  + (served ? "moves the row into the managed block" : "removes the local row")));
    } else if (served) {
      conflicts.add(
          new Conflict(Rule.LOCAL_ROW.broken(subject, message, "remove the row"), List.of(row)));
    } else {
      conflicts.add(
          Conflict.warning(
              Rule.LOCAL_ROW,
              subject,
              message + ", which counts in plugin mode",
              "remove the row"));
    }
  }

  private static String more(int others) {
    return others > 0 ? " and of %d more owners".formatted(others) : "";
  }

  private void checkId(long id) {
    index
        .touching(new IdRange(id, 1))
        .ifPresent(
            row ->
                conflicts.add(
                    new Conflict(
                        Rule.LOCAL_ACCOUNT.broken(
                            "local %s %d".formatted(type == IdType.SUBUID ? "uid" : "gid", id),
                            "it lies in %s of %s in the registry"
                                .formatted(row.range(type), row.name()),
                            "renumber the account"),
                        List.of(row))));
  }
}
