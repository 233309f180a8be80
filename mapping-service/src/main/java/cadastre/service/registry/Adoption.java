/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.directory.PublishDirectory;
import cadastre.service.directory.PublishedEntry.Ours;
import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.service.failure.Unavailable;
import cadastre.service.ledger.EventKind;
import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.LedgerReader;
import cadastre.service.ledger.LedgerTransaction;
import cadastre.service.ledger.Origin;
import cadastre.subid.Allocation;
import cadastre.subid.IdType;
import cadastre.subid.Pool;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes into the ledger what only the directory knows: after an old backup of the ledger was
 * restored, or into an empty ledger, which is thereby rebuilt. History from before is lost and its
 * place is taken by one {@code adopt} event for each allocation.
 */
public final class Adoption {
  private final Ledger ledger;
  private final PublishDirectory directory;
  private final DirectoryGuard guard;

  /** Adoption from this directory. */
  public Adoption(Ledger ledger, PublishDirectory directory, DirectoryGuard guard) {
    this.ledger = ledger;
    this.directory = directory;
    this.guard = guard;
  }

  /**
   * Adopts every entry that tells of a change which the ledger has not seen; all or nothing.
   *
   * @param dryRun whether only to say which
   * @return the allocations that were, or would be, adopted
   * @throws Refused if an entry contradicts the ledger: then somebody has to look
   * @throws Unavailable while the ledger differs from its own events
   */
  public List<Allocation> adopt(boolean dryRun, Origin origin) {
    guard.check(DirectoryGuard.Part.LEDGER);
    List<Allocation> published =
        directory.entries().stream()
            .filter(Ours.class::isInstance)
            .map(Ours.class::cast)
            .sorted(Comparator.comparing((Ours e) -> e.allocation().serial()))
            .map(Ours::allocation)
            .toList();
    return dryRun
        ? ledger.preview().run(transaction -> adopt(transaction, published, origin))
        : ledger.change(transaction -> adopt(transaction, published, origin));
  }

  private static List<Allocation> adopt(
      LedgerTransaction transaction, List<Allocation> published, Origin origin) {
    Set<String> changed =
        published.stream()
            .filter(a -> Reconciler.isAhead(transaction.read(), new Ours("", a)))
            .map(a -> a.owner().stableId())
            .collect(Collectors.toSet());
    List<Allocation> unseen =
        published.stream()
            .filter(a -> changed.contains(a.owner().stableId()))
            .filter(a -> isUnseen(transaction.read(), a))
            .toList();
    // In the order of their serials: an owner's old allocation is superseded before he gets the
    // next, so he never has two that count.
    unseen.forEach(a -> take(transaction, a, origin));
    return unseen;
  }

  /**
   * Of an owner who has changed since: a change that the snapshot does not show, as from retired to
   * superseded, moves no serial.
   */
  private static boolean isUnseen(LedgerReader reader, Allocation published) {
    return reader
        .byId(published.id())
        .map(known -> known.serial() <= published.serial() && !known.equals(published))
        .orElse(true);
  }

  private static void take(LedgerTransaction transaction, Allocation published, Origin origin) {
    for (IdType type : IdType.values()) {
      transaction
          .read()
          .overlapping(type, published.range(type))
          .filter(known -> !isSameRange(known, published))
          .ifPresent(other -> refuse(published, other));
    }
    Optional<Allocation> sameSerial =
        transaction.read().byId(published.id()).filter(a -> a.serial() == published.serial());
    if (sameSerial.isPresent()) {
      transaction.change(sameSerial.get(), published, EventKind.ADOPT, origin);
    } else {
      transaction.adopt(published, slotOf(transaction, published), origin);
    }
  }

  private static boolean isSameRange(Allocation known, Allocation published) {
    return known.id().equals(published.id())
        && known.uidRange().equals(published.uidRange())
        && known.gidRange().equals(published.gidRange());
  }

  private static OptionalLong slotOf(LedgerTransaction transaction, Allocation published) {
    Optional<Pool> pool = published.pool().flatMap(transaction.read()::pool);
    if (published.pool().isPresent() && pool.isEmpty()) {
      throw new Refused(
          RefusalCode.UNKNOWN_POOL,
          "the directory's allocation %s is from pool %s, which the configuration does not have; add that pool first"
              .formatted(published.id(), published.pool().get()));
    }
    return pool.map(p -> p.slotOf(published.uidRange())).orElse(OptionalLong.empty());
  }

  private static void refuse(Allocation published, Allocation known) {
    throw new Refused(
        RefusalCode.WRONG_STATE,
        "the directory gives %s to %s (allocation %s), the ledger has given %s to %s (allocation %s). Nothing was adopted; decide which is right, supersede or delete the other, and run this again."
            .formatted(
                published.uidRange(),
                published.owner().name(),
                published.id(),
                known.uidRange(),
                known.owner().name(),
                known.id()));
  }
}
