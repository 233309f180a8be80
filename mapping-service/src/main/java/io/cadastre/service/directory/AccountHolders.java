/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.service.config.NameCase;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which account or group of a read has a real ID, and which accounts have a name or uid
 * without being able to own a range under it. Immutable.
 */
public final class AccountHolders {
  private final NameCase nameCase;
  private final HeldId[] uids;
  private final HeldId[] gids;
  private final Map<String, List<UnfitAccount>> byName;
  private final Map<Long, List<UnfitAccount>> byUid;

  /**
   * A real ID.
   *
   * @param id the uid or gid
   * @param dn the entry that has it, as messages name it
   */
  record HeldId(long id, String dn) {}

  /**
   * An account that cannot own a range, or not under this name.
   *
   * @param dn its entry
   * @param reason the reason, a clause for a message
   */
  public record UnfitAccount(String dn, String reason) {}

  AccountHolders(
      NameCase nameCase,
      List<HeldId> uids,
      List<HeldId> gids,
      Map<String, List<UnfitAccount>> byName,
      Map<Long, List<UnfitAccount>> byUid) {
    this.nameCase = nameCase;
    this.uids = sorted(uids);
    this.gids = sorted(gids);
    this.byName = Map.copyOf(byName);
    this.byUid = Map.copyOf(byUid);
  }

  /** Returns the holders of these real IDs, in any order, in an entry without a name. */
  public static AccountHolders of(long[] uids, long[] gids) {
    return new AccountHolders(NameCase.PRESERVE, held(uids), held(gids), Map.of(), Map.of());
  }

  private static List<HeldId> held(long[] ids) {
    return Arrays.stream(ids).mapToObj(id -> new HeldId(id, "")).toList();
  }

  private static HeldId[] sorted(List<HeldId> held) {
    return held.stream()
        .distinct()
        .sorted(Comparator.comparingLong(HeldId::id).thenComparing(HeldId::dn))
        .toArray(HeldId[]::new);
  }

  /**
   * Returns the accounts with this name, in any case if names are lowered, that cannot own a range
   * under it.
   */
  public List<UnfitAccount> unfitNamed(String name) {
    return byName.getOrDefault(nameCase.text(name), List.of());
  }

  /** Returns the accounts with this uid that cannot own a range. */
  public List<UnfitAccount> unfitNumbered(long uid) {
    return byUid.getOrDefault(uid, List.of());
  }

  /** The real IDs, ascending, each once: uids for subuids, gids for subgids. */
  long[] realIds(IdType type) {
    return Arrays.stream(held(type)).mapToLong(HeldId::id).distinct().toArray();
  }

  /** Returns {@code uid 205743 of DN}, for the lowest real uid or gid in the range. */
  public Optional<String> in(IdRange range) {
    return in(IdType.SUBUID, range).or(() -> in(IdType.SUBGID, range));
  }

  /**
   * Returns {@code uid 205743 of DN}: for the lowest real uid (for subuids) or gid in the range.
   */
  public Optional<String> in(IdType type, IdRange range) {
    return firstIn(type, range)
        .map(
            held ->
                "%s %d of %s"
                    .formatted(type == IdType.SUBUID ? "uid" : "gid", held.id(), held.dn()));
  }

  /** Whether a real ID lies in the range: a uid for subuids, a gid for subgids. */
  boolean touches(IdType type, IdRange range) {
    return firstIn(type, range).isPresent();
  }

  private HeldId[] held(IdType type) {
    return type == IdType.SUBUID ? uids : gids;
  }

  private Optional<HeldId> firstIn(IdType type, IdRange range) {
    HeldId[] held = held(type);
    int first = firstFrom(held, range.start());
    return first < held.length && held[first].id() <= range.last()
        ? Optional.of(held[first])
        : Optional.empty();
  }

  private static int firstFrom(HeldId[] held, long id) {
    int low = 0;
    int high = held.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (held[middle].id() < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
