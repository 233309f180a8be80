/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.service.config.NameCase;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges accounts beside each other: the whole read and the look-up of single names use the same
 * rules. Used once, by one thread.
 */
final class AccountIndexBuilder {
  /** A finding names at most so many accounts. */
  private static final int MOST_NAMED = 20;

  private final NameCase nameCase;
  private final List<AccountRow> rows = new ArrayList<>();
  private final Map<String, Owner> owners = new LinkedHashMap<>();
  private final Map<OwnerName, Integer> accountsPerName = new HashMap<>();
  private final Map<Long, Integer> accountsPerUid = new HashMap<>();
  private final Map<String, Integer> accountsPerStableId = new HashMap<>();
  private final Map<String, List<Owner>> byFormerStableId = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> ambiguous = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private final HolderNotes holders;

  AccountIndexBuilder(NameCase nameCase) {
    this.nameCase = nameCase;
    this.holders = new HolderNotes(nameCase);
  }

  /** Adds the real IDs of an entry that need not be an account. */
  void realIds(EntryNumbers numbers) {
    numbers.uids().forEach(uid -> holders.realUid(numbers.dn(), uid));
    numbers.gids().forEach(gid -> holders.realGid(numbers.dn(), gid));
  }

  /** Adds an account; its real IDs are added apart. */
  void account(AccountRow row) {
    if (row.isAccount()) {
      rows.add(row);
      row.names().forEach(name -> accountsPerName.merge(name, 1, Integer::sum));
      row.uid().ifPresent(uid -> accountsPerUid.merge(uid, 1, Integer::sum));
      row.stableId().ifPresent(id -> accountsPerStableId.merge(id, 1, Integer::sum));
    } else {
      row.stableId().ifPresent(refused::add);
    }
  }

  /**
   * Builds the index. Accounts with one stable id are refused, with one name or uid ambiguous. A
   * name is shared also if it is another value of the name attribute of a second account, since
   * SSSD finds both then.
   */
  AccountIndex build(Instant time, Census census) {
    Map<String, Set<String>> sharing = new LinkedHashMap<>();
    for (AccountRow row : rows) {
      row.refusal().ifPresent(findings::add);
      row.refusal().ifPresent(refusal -> holders.unfit(row, refusal.message()));
      holders.furtherNames(row);
      row.stableId().ifPresent(id -> judge(row, id, sharing));
    }
    sharing.forEach((id, dns) -> findings.add(sharedStableId(id, dns)));
    return new AccountIndex(
        time,
        nameCase,
        owners.values(),
        ambiguous,
        refused,
        byFormerStableId,
        findings,
        holders.holders(),
        census);
  }

  private void judge(AccountRow row, String stableId, Map<String, Set<String>> sharing) {
    if (sharesStableId(row)) {
      refused.add(stableId);
      holders.unfit(row, "it shares its stable id with another account");
      sharing.computeIfAbsent(stableId, id -> new LinkedHashSet<>()).add(DnText.of(row.dn()));
    } else if (row.owner().isEmpty()) {
      refused.add(stableId);
    } else {
      Owner owner = row.owner().get();
      owners.put(stableId, owner);
      row.formerStableId()
          .ifPresent(
              id -> byFormerStableId.computeIfAbsent(id, i -> new ArrayList<>(1)).add(owner));
      if (accountsPerUid.getOrDefault(owner.uidNumber(), 0) > 1) {
        shared(row, owner, "account-uid-shared", "the uidNumber " + owner.uidNumber());
      }
      if (accountsPerName.getOrDefault(owner.name(), 0) > 1) {
        shared(row, owner, "account-name-shared", "the name " + owner.name());
      }
    }
  }

  /** Whether another of the accounts has the stable id, the name or the uidNumber of this one. */
  boolean isAmbiguous(AccountRow row) {
    return sharesStableId(row)
        || row.owner()
            .filter(
                owner ->
                    accountsPerUid.getOrDefault(owner.uidNumber(), 0) > 1
                        || accountsPerName.getOrDefault(owner.name(), 0) > 1)
            .isPresent();
  }

  /** Returns the stable ids that several of the accounts have. */
  Set<String> sharedStableIds() {
    return accountsPerStableId.entrySet().stream()
        .filter(e -> e.getValue() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean sharesStableId(AccountRow row) {
    return row.stableId().filter(id -> accountsPerStableId.getOrDefault(id, 0) > 1).isPresent();
  }

  private static Finding sharedStableId(String id, Set<String> dns) {
    return new Finding(
        "account-stable-id-shared",
        Severity.ERROR,
        id,
        "%d accounts have one stable id, %s: %s; none of them gets a range"
            .formatted(
                dns.size(),
                id,
                dns.stream().limit(MOST_NAMED).collect(Collectors.joining("; "))
                    + (dns.size() > MOST_NAMED ? "; and others" : "")),
        "give each account its own, or configure another stableIdAttribute");
  }

  private void shared(AccountRow row, Owner owner, String rule, String what) {
    holders.unfit(row, "it shares %s with another account".formatted(what));
    ambiguous.add(owner.stableId());
    findings.add(
        new Finding(
            rule,
            Severity.ERROR,
            owner.name().value(),
            "the account %s shares %s with another one".formatted(owner.dn().orElse(""), what),
            "give each account its own; until then neither gets a range"));
  }
}
