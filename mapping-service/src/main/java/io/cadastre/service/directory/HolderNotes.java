/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.directory.AccountHolders.HeldId;
import io.cadastre.service.directory.AccountHolders.UnfitAccount;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Notes, during one read, who has which real ID and who cannot own a range, and why. */
final class HolderNotes {
  /** More names of one account are not noted. */
  private static final int MOST_NAMES = 16;

  private final NameCase nameCase;
  private final List<HeldId> uids = new ArrayList<>();
  private final List<HeldId> gids = new ArrayList<>();
  private final Map<String, List<UnfitAccount>> byName = new HashMap<>();
  private final Map<Long, List<UnfitAccount>> byUid = new HashMap<>();

  HolderNotes(NameCase nameCase) {
    this.nameCase = nameCase;
  }

  void realUid(String dn, long uid) {
    uids.add(new HeldId(uid, DnText.of(dn)));
  }

  void realGid(String dn, long gid) {
    gids.add(new HeldId(gid, DnText.of(dn)));
  }

  /** Notes that the account can own no range, under none of its names and not by its uid. */
  void unfit(AccountRow row, String reason) {
    note(row, "", row.uid(), reason);
  }

  /** Notes that the further names of an account are no owner fields: SSSD gives the first. */
  void furtherNames(AccountRow row) {
    row.owner()
        .ifPresent(
            owner ->
                note(
                    row,
                    owner.name().value(),
                    OptionalLong.empty(),
                    "its login name is %s (uid %d)".formatted(owner.name(), owner.uidNumber())));
  }

  private void note(AccountRow row, String besides, OptionalLong uid, String reason) {
    UnfitAccount account = new UnfitAccount(DnText.of(row.dn()), reason);
    row.texts().stream()
        .filter(text -> text.length() <= OwnerName.MAX_BYTES)
        .map(nameCase::text)
        .filter(name -> !name.equals(besides))
        .distinct()
        .limit(MOST_NAMES)
        .forEach(name -> add(byName, name, account));
    uid.ifPresent(number -> add(byUid, number, account));
  }

  private static <K> void add(Map<K, List<UnfitAccount>> map, K key, UnfitAccount account) {
    List<UnfitAccount> accounts = map.computeIfAbsent(key, k -> new ArrayList<>(1));
    if (accounts.stream().noneMatch(known -> known.dn().equals(account.dn()))) {
      accounts.add(account);
    }
  }

  AccountHolders holders() {
    return new AccountHolders(nameCase, uids, gids, byName, byUid);
  }
}
