/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.directory.PublishDirectory;
import cadastre.service.directory.PublishedEntry;
import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.service.failure.Unavailable;
import cadastre.service.ledger.EventKind;
import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.LedgerTransaction;
import cadastre.service.ledger.Origin;
import cadastre.subid.Allocation;
import cadastre.subid.Finding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes into the ledger what only the directory knows: after an old backup of the ledger was
 * restored, or into an empty ledger, which is thereby rebuilt. History from before is lost and its
 * place is taken by one {@code adopt} event for each allocation. An entry that breaks the rules of
 * an import is not taken, and stops no other.
 */
public final class Adoption {
  /** The highest serial that may be accepted, 2^53-1: every reader of JSON has it exactly. */
  private static final long MAX_SERIAL = (1L << 53) - 1;

  private final Ledger ledger;
  private final PublishDirectory directory;
  private final DirectoryGuard guard;
  private final AdmissionRules rules;

  /** Adoption from this directory. */
  public Adoption(
      Ledger ledger, PublishDirectory directory, DirectoryGuard guard, AdmissionRules rules) {
    this.ledger = ledger;
    this.directory = directory;
    this.guard = guard;
    this.rules = rules;
  }

  /**
   * What an adoption came to.
   *
   * @param allocations those that were, or would be, adopted
   * @param refused a finding for each entry that was not
   */
  public record Adopted(List<Allocation> allocations, List<Finding> refused) {
    /** Copies the lists. */
    public Adopted {
      allocations = List.copyOf(allocations);
      refused = List.copyOf(refused);
    }
  }

  /**
   * Adopts every entry that tells of a change which the ledger has not seen and breaks no rule, all
   * in one transaction.
   *
   * @param acceptedSerial the serial up to which the entries are believed, however far it is
   * @param dryRun whether only to say which
   * @throws Refused if the accepted serial is none
   * @throws Unavailable while the ledger differs from its own events
   */
  public Adopted adopt(OptionalLong acceptedSerial, boolean dryRun, Origin origin) {
    acceptedSerial.ifPresent(Adoption::checkSerial);
    guard.check(DirectoryGuard.Part.LEDGER);
    List<PublishedEntry> entries = directory.entries();
    return dryRun
        ? ledger.preview().run(transaction -> adopt(transaction, entries, acceptedSerial, origin))
        : ledger.change(transaction -> adopt(transaction, entries, acceptedSerial, origin));
  }

  private static void checkSerial(long serial) {
    if (serial < 1 || serial > MAX_SERIAL) {
      throw new Refused(
          RefusalCode.BAD_REQUEST,
          "the accepted serial %d is refused: it must lie in 1 to %d"
              .formatted(serial, MAX_SERIAL));
    }
  }

  private Adopted adopt(
      LedgerTransaction transaction,
      List<PublishedEntry> entries,
      OptionalLong acceptedSerial,
      Origin origin) {
    EntryJudgement judged = EntryJudgement.of(transaction.read(), entries, rules, acceptedSerial);
    // In the order of their serials: an owner's old allocation is superseded before the next one
    // is taken, so that there are never two that count.
    judged.plan().unseen().forEach(a -> take(transaction, a, origin));
    return new Adopted(judged.plan().unseen(), judged.refusals());
  }

  private static void take(LedgerTransaction transaction, Allocation published, Origin origin) {
    Optional<Allocation> sameSerial =
        transaction.read().byId(published.id()).filter(a -> a.serial() == published.serial());
    if (sameSerial.isPresent()) {
      transaction.change(sameSerial.get(), published, EventKind.ADOPT, origin);
    } else {
      transaction.adopt(published, slotOf(transaction, published), origin);
    }
  }

  private static OptionalLong slotOf(LedgerTransaction transaction, Allocation published) {
    return published
        .pool()
        .flatMap(transaction.read()::pool)
        .map(pool -> pool.slotOf(published.uidRange()))
        .orElse(OptionalLong.empty());
  }
}
