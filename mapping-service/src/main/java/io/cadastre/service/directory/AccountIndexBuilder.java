/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

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
import java.util.stream.LongStream;

/** Builds an index from the entries of one read. Used once, by one thread. */
final class AccountIndexBuilder {
  private final Map<String, Owner> owners = new LinkedHashMap<>();
  private final Map<OwnerName, List<Owner>> byName = new HashMap<>();
  private final Map<Long, Integer> accountsPerUid = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> ambiguous = new HashSet<>();
  private final LongStream.Builder uids = LongStream.builder();
  private final LongStream.Builder gids = LongStream.builder();
  private final List<Finding> findings = new ArrayList<>();

  /** One account: its numbers, and either the owner or a finding. */
  record Row(
      OptionalLong uid,
      OptionalLong gid,
      Optional<String> stableId,
      Optional<Owner> owner,
      Optional<Finding> finding) {}

  void group(OptionalLong gid) {
    gid.ifPresent(gids::add);
  }

  /** Adds the real IDs of an entry that need not be an account. */
  void realIds(AccountReader.Numbers numbers) {
    numbers.uids().forEach(uids::add);
    numbers.gids().forEach(gids::add);
  }

  void account(Row row) {
    row.uid().ifPresent(uids::add);
    row.uid().ifPresent(uid -> accountsPerUid.merge(uid, 1, Integer::sum));
    row.gid().ifPresent(gids::add);
    if (row.owner().isPresent()) {
      owner(row.owner().get());
    } else {
      row.stableId().ifPresent(refused::add);
      row.finding().ifPresent(findings::add);
    }
  }

  private void owner(Owner owner) {
    Owner other = owners.putIfAbsent(owner.stableId(), owner);
    if (other == null) {
      byName.computeIfAbsent(owner.name(), n -> new ArrayList<>(1)).add(owner);
    } else {
      refused.add(owner.stableId());
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
  AccountIndex build(Instant time, Census census) {
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
        uids.build().toArray(),
        gids.build().toArray(),
        findings,
        census);
  }

  private void shared(Owner owner, String rule, String what) {
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
