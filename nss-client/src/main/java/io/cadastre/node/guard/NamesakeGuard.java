/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.node.guard.LocalAccounts.Account;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds local accounts that would get an owner's range. subuid(5) identifies an owner by one field,
 * the name or the uid, and on this node a local account with another identity has that name or uid.
 * The plugin compares both and needs no guard.
 */
public final class NamesakeGuard {
  private NamesakeGuard() {}

  /**
   * A finding for each such account.
   *
   * @param users the local accounts
   * @param key the owner field of a row
   */
  public static List<Finding> check(
      Snapshot snapshot, List<Account> users, Function<SnapshotRow, String> key) {
    Map<String, SnapshotRow> rows = new HashMap<>();
    snapshot.rows().forEach(row -> rows.put(key.apply(row), row));
    List<Finding> findings = new ArrayList<>();
    for (Account user : users) {
      for (String word : List.of(user.name(), Long.toString(user.id()))) {
        SnapshotRow row = rows.get(word);
        if (row != null && !isSame(row, user)) {
          findings.add(
              Rule.LOCAL_ACCOUNT.broken(
                  "local account %s, uid %d".formatted(user.name(), user.id()),
                  "the row %s:%s, of the registry's %s, uid %d, would be that account's"
                      .formatted(word, row.uidRange(), row.name(), row.uidNumber()),
                  "rename or renumber the account; or change \"owners\" in node.conf to the other of name and uid"));
        }
      }
    }
    return findings;
  }

  private static boolean isSame(SnapshotRow row, Account user) {
    return row.uidNumber() == user.id() && row.name().value().equals(user.name());
  }
}
