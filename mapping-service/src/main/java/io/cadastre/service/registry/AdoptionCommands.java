/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.access.AccessToken;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import java.util.List;
import java.util.OptionalLong;

/**
 * Adopts allocations that only the directory has: after a restore of an old backup of the ledger,
 * or into an empty ledger, to rebuild it. One {@code adopt} event for each allocation replaces its
 * lost history. An entry that breaks the rules of an import is not adopted; the others are.
 * Thread-safe.
 */
public final class AdoptionCommands {
  /** The highest serial that may be accepted: every reader of JSON represents it exactly. */
  private static final long MAX_SERIAL = (1L << 53) - 1;

  private final Ledger ledger;
  private final PublishDirectory directory;
  private final ChangeGate gate;
  private final AdmissionRules rules;

  /** Adoption from this directory. */
  public AdoptionCommands(
      Ledger ledger, PublishDirectory directory, ChangeGate gate, AdmissionRules rules) {
    this.ledger = ledger;
    this.directory = directory;
    this.gate = gate;
    this.rules = rules;
  }

  /**
   * The result of an adoption.
   *
   * @param allocations those adopted, or to be adopted
   * @param refused a finding for each entry that is not
   * @param suspended the names of the tokens that are not valid until they are confirmed: an old
   *     backup may have revived one that was revoked
   */
  public record Adopted(
      List<Allocation> allocations, List<Finding> refused, List<String> suspended) {
    /** Copies the lists. */
    public Adopted {
      suspended = List.copyOf(suspended);
      allocations = List.copyOf(allocations);
      refused = List.copyOf(refused);
    }
  }

  /**
   * Adopts every valid entry with a change that the ledger does not have, all in one transaction.
   *
   * @param acceptedSerial accept entries up to this serial, even if it is far ahead of the ledger
   * @param dryRun whether to return the result without making the change
   * @throws Refused if the accepted serial is out of range
   * @throws Unavailable while the ledger differs from its own events
   */
  public Adopted adopt(OptionalLong acceptedSerial, boolean dryRun, AuditContext context) {
    acceptedSerial.ifPresent(AdoptionCommands::checkSerial);
    gate.check(ChangeGate.Part.LEDGER);
    List<PublishedEntry> entries = directory.entries();
    return new ChangeRunner(ledger, dryRun)
        .run(transaction -> adopt(transaction, entries, acceptedSerial, context));
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
      AuditContext context) {
    EntryJudgement judged = EntryJudgement.of(transaction.flush(), entries, rules, acceptedSerial);
    // In the order of serials: the old allocation of an owner is superseded before the next one is
    // adopted, so that never two of them count.
    long above = judged.plan().highestRevision();
    judged
        .plan()
        .toAdopt()
        .forEach(a -> transaction.adopt(a, slotOf(transaction, a), above, context));
    List<String> suspended =
        transaction.tokens().suspendAll(context).stream().map(AccessToken::name).toList();
    return new Adopted(judged.plan().toAdopt(), judged.refusals(), suspended);
  }

  private static OptionalLong slotOf(LedgerTransaction transaction, Allocation published) {
    return published
        .pool()
        .flatMap(transaction.flush()::pool)
        .map(pool -> pool.slotOf(published.uidRange()))
        .orElse(OptionalLong.empty());
  }
}
