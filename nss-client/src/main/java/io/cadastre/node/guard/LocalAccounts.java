/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The accounts in a node's own /etc/passwd and /etc/group. Lines that do not parse are skipped, as
 * the C library does.
 *
 * @param users from passwd(5)
 * @param gids of its groups, and the primary gids of its users, which group(5) need not have
 */
public record LocalAccounts(List<Account> users, List<Long> gids) {

  /** A name and its number. */
  public record Account(String name, long id) {}

  /** Parses the bytes of the two files. */
  public static LocalAccounts of(byte[] passwd, byte[] group) {
    Set<Long> gids = new LinkedHashSet<>(ids(parse(group, 2)));
    gids.addAll(ids(parse(passwd, 3)));
    return new LocalAccounts(parse(passwd, 2), List.copyOf(gids));
  }

  /** All local IDs in an ID space. */
  public List<Long> ids(IdType type) {
    return type == IdType.SUBUID ? ids(users) : gids;
  }

  private static List<Long> ids(List<Account> accounts) {
    return accounts.stream().map(Account::id).toList();
  }

  private static List<Account> parse(byte[] bytes, int field) {
    List<Account> accounts = new ArrayList<>();
    new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split(":", -1))
        .filter(f -> f.length >= 4 && !f[0].isEmpty() && f[field].matches("[0-9]{1,10}"))
        .map(f -> new Account(f[0], Long.parseLong(f[field])))
        .filter(account -> account.id() <= IdRange.MAX_ID)
        .forEach(accounts::add);
    return accounts;
  }
}
