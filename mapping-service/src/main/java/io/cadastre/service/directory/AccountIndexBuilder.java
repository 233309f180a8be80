/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.service.directory.AccountHolders.HeldId;
import io.cadastre.service.directory.AccountHolders.UnfitAccount;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Builds an index from the entries of one read. Used once, by one thread. */
final class AccountIndexBuilder {
  private final Map<String, Owner> owners = new LinkedHashMap<>();
  private final Map<OwnerName, List<Owner>> byName = new HashMap<>();
  private final Map<Long, Integer> accountsPerUid = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> ambiguous = new HashSet<>();
  private final List<HeldId> uids = new ArrayList<>();
  private final List<HeldId> gids = new ArrayList<>();
  private final Map<String, List<UnfitAccount>> unfitByName = new HashMap<>();
  private final Map<Long, List<UnfitAccount>> unfitByUid = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /** One account: its entry, names and numbers, and either the owner or a finding. */
  record Row(
      String dn,
      List<String> names,
      OptionalLong uid,
      OptionalLong gid,
      Optional<String> stableId,
      Optional<Owner> owner,
      Optional<Finding> finding) {}

  /** The gid of one group. */
  record GroupRow(String dn, OptionalLong gid) {}

  void group(GroupRow row) {
    row.gid().ifPresent(gid -> gids.add(new HeldId(gid, row.dn())));
  }

  void account(Row row) {
    row.uid().ifPresent(uid -> uids.add(new HeldId(uid, row.dn())));
    row.uid().ifPresent(uid -> accountsPerUid.merge(uid, 1, Integer::sum));
    row.gid().ifPresent(gid -> gids.add(new HeldId(gid, row.dn())));
    if (row.owner().isPresent()) {
      owner(row.owner().get());
      unfitNames(row, row.owner().get());
    } else {
      String reason = row.finding().map(Finding::message).orElse("it cannot own a range");
      unfit(row.dn(), row.names(), row.uid(), reason);
      row.stableId().ifPresent(refused::add);
      row.finding().ifPresent(findings::add);
    }
  }

  /** A further name of the account is no owner field: SSSD gives the first. */
  private void unfitNames(Row row, Owner owner) {
    List<String> others =
        row.names().stream().filter(name -> !name.equals(owner.name().value())).toList();
    unfit(
        row.dn(),
        others,
        OptionalLong.empty(),
        "its login name is %s (uid %d)".formatted(owner.name(), owner.uidNumber()));
  }

  private void unfit(Owner owner, String reason) {
    unfit(
        owner.dn().orElse(""),
        List.of(owner.name().value()),
        OptionalLong.of(owner.uidNumber()),
        reason);
  }

  private void unfit(String dn, List<String> names, OptionalLong uid, String reason) {
    UnfitAccount account = new UnfitAccount(dn, reason);
    names.forEach(name -> add(unfitByName, name, account));
    uid.ifPresent(number -> add(unfitByUid, number, account));
  }

  private static <K> void add(Map<K, List<UnfitAccount>> map, K key, UnfitAccount account) {
    List<UnfitAccount> accounts = map.computeIfAbsent(key, k -> new ArrayList<>(1));
    if (accounts.stream().noneMatch(known -> known.dn().equals(account.dn()))) {
      accounts.add(account);
    }
  }

  private void owner(Owner owner) {
    Owner other = owners.putIfAbsent(owner.stableId(), owner);
    if (other == null) {
      byName.computeIfAbsent(owner.name(), n -> new ArrayList<>(1)).add(owner);
    } else {
      refused.add(owner.stableId());
      unfit(other, "it shares its stable id with another account");
      unfit(owner, "it shares its stable id with another account");
      findings.add(
          new Finding(
              "account-stable-id-shared",
              Severity.ERROR,
              owner.stableId(),
              "the accounts %s and %s have one stable id, %s"
                  .formatted(other.dn().orElse(""), owner.dn().orElse(""), owner.stableId()),
              "give each account its own, or configure another stableIdAttribute"));
    }
  }

  /** Builds the index. Accounts with one stable id are refused, with one name or uid ambiguous. */
  AccountIndex build(Instant time) {
    refused.forEach(owners::remove);
    for (Owner owner : owners.values()) {
      if (accountsPerUid.getOrDefault(owner.uidNumber(), 0) > 1) {
        shared(owner, "account-uid-shared", "the uidNumber " + owner.uidNumber());
      }
      if (byName.getOrDefault(owner.name(), List.of()).size() > 1) {
        shared(owner, "account-name-shared", "the name " + owner.name());
      }
    }
    return new AccountIndex(
        time,
        owners.values(),
        ambiguous,
        refused,
        uids.stream().mapToLong(HeldId::id).toArray(),
        gids.stream().mapToLong(HeldId::id).toArray(),
        findings,
        new AccountHolders(uids, gids, unfitByName, unfitByUid));
  }

  private void shared(Owner owner, String rule, String what) {
    if (ambiguous.add(owner.stableId())) {
      unfit(owner, "it shares %s with another account".formatted(what));
    }
    findings.add(
        new Finding(
            rule,
            Severity.ERROR,
            owner.name().value(),
            "the account %s shares %s with another one".formatted(owner.dn().orElse(""), what),
            "give each account its own; until then neither gets a range"));
  }
}
