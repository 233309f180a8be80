/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.service.config.NameCase;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Indexes all accounts of the directory at one moment, and every uid and gid in use. Immutable.
 *
 * <p>An account that cannot own a range is a finding; its numbers are real IDs as well.
 */
public final class AccountIndex {
  private final Instant time;
  private final NameCase nameCase;
  private final Map<String, Owner> byStableId = new LinkedHashMap<>();
  private final Map<OwnerName, Owner> byName = new HashMap<>();
  private final Map<Long, Owner> byUid = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();
  private final Set<String> refused;
  private final Map<String, List<Owner>> byFormerStableId;
  private final List<Finding> findings;
  private final Census census;
  private final AccountHolders holders;

  /**
   * An index of one read.
   *
   * @param time when the read began
   * @param nameCase the case of the names
   * @param owners the accounts that can own a range; stable ids must differ
   * @param ambiguous stable ids of accounts that share a name or a uidNumber
   * @param refused stable ids of accounts that exist but cannot own a range
   * @param byFormerStableId the accounts whose stable id had another text in earlier versions, by
   *     that text
   * @param findings the accounts that are refused or ambiguous
   * @param holders who has which real ID, and the accounts that cannot own a range
   * @param census the counts of the read
   */
  public AccountIndex(
      Instant time,
      NameCase nameCase,
      Collection<Owner> owners,
      Set<String> ambiguous,
      Set<String> refused,
      Map<String, List<Owner>> byFormerStableId,
      List<Finding> findings,
      AccountHolders holders,
      Census census) {
    this.census = census;
    this.time = time;
    this.nameCase = nameCase;
    this.byFormerStableId = Map.copyOf(byFormerStableId);
    this.ambiguous.addAll(ambiguous);
    this.refused = Set.copyOf(refused);
    this.findings = List.copyOf(findings);
    this.holders = holders;
    for (Owner owner : owners) {
      byStableId.put(owner.stableId(), owner);
      if (!ambiguous.contains(owner.stableId())) {
        byName.put(owner.name(), owner);
        byUid.put(owner.uidNumber(), owner);
      }
    }
  }

  /** When the read began. */
  public Instant time() {
    return time;
  }

  /** The accounts that can own a range, ambiguous ones included. */
  public Collection<Owner> owners() {
    return Collections.unmodifiableCollection(byStableId.values());
  }

  /** The account with this stable id, ambiguous or not. */
  public Optional<Owner> byStableId(String stableId) {
    return Optional.ofNullable(byStableId.get(stableId));
  }

  /** The account with this name, in any case if names are lowered; empty if several share it. */
  public Optional<Owner> byName(OwnerName name) {
    return Optional.ofNullable(byName.get(nameCase.of(name)));
  }

  /**
   * The accounts with a stable id that had this text in earlier versions, and has another one now.
   */
  public List<Owner> byFormerStableId(String stableId) {
    return byFormerStableId.getOrDefault(stableId, List.of());
  }

  /** Whether an account has a stable id that had another text in earlier versions. */
  public boolean hasFormerStableIds() {
    return !byFormerStableId.isEmpty();
  }

  /** The account with this uid; empty if several accounts share it. */
  public Optional<Owner> byUid(long uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  /** Whether the account shares its name or uidNumber with another one; see the findings. */
  public boolean isAmbiguous(String stableId) {
    return ambiguous.contains(stableId);
  }

  /** Whether the account exists and cannot own a range; see the findings. */
  public boolean isRefused(String stableId) {
    return refused.contains(stableId);
  }

  /** Whether a real uid or a real gid lies in the range. */
  public boolean touches(IdRange range) {
    return touches(IdType.SUBUID, range) || touches(IdType.SUBGID, range);
  }

  /** Whether a real ID lies in the range: a uid for subuids, a gid for subgids. */
  public boolean touches(IdType type, IdRange range) {
    return holders.touches(type, range);
  }

  /** The real IDs, ascending, each once: uids for subuids, gids for subgids. */
  public long[] realIds(IdType type) {
    return holders.realIds(type);
  }

  /** Who has which real ID, and the accounts that cannot own a range. */
  public AccountHolders holders() {
    return holders;
  }

  /** The findings about accounts. */
  public List<Finding> findings() {
    return findings;
  }

  /** The counts of the read, and what is wrong with the accounts as a whole. */
  public Census census() {
    return census;
  }
}
