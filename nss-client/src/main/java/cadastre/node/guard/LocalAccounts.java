/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.guard;

import cadastre.subid.IdRange;
import cadastre.subid.IdType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The accounts that a node has of its own: /etc/passwd and /etc/group. Lines that do not parse are
 * passed over, as the C library does.
 *
 * @param users from passwd(5)
 * @param groups from group(5)
 */
public record LocalAccounts(List<Account> users, List<Account> groups) {

  /** A name and its number. */
  public record Account(String name, long id) {}

  /** The accounts in the bytes of the two files. */
  public static LocalAccounts of(byte[] passwd, byte[] group) {
    return new LocalAccounts(parse(passwd), parse(group));
  }

  /** All local IDs of an ID space. */
  public List<Long> ids(IdType type) {
    return (type == IdType.SUBUID ? users : groups).stream().map(Account::id).toList();
  }

  private static List<Account> parse(byte[] bytes) {
    List<Account> accounts = new ArrayList<>();
    new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split(":", -1))
        .filter(f -> f.length >= 4 && !f[0].isEmpty() && f[2].matches("[0-9]{1,10}"))
        .map(f -> new Account(f[0], Long.parseLong(f[2])))
        .filter(account -> account.id() <= IdRange.MAX_ID)
        .forEach(accounts::add);
    return accounts;
  }
}
