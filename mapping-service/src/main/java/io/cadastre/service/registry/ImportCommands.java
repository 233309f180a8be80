/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.imports.ImportFacts;
import io.cadastre.service.imports.ImportJudge;
import io.cadastre.service.imports.ImportPlan;
import io.cadastre.service.imports.ImportPlan.Pin;
import io.cadastre.service.imports.NodeFile;
import io.cadastre.service.ledger.ForeignRange;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Imports the ranges of existing files of nodes, unchanged. Valid rows are recorded in one
 * transaction; every other row is a finding and changes nothing. Thread-safe.
 */
public final class ImportCommands {
  private static final Pattern CANONICAL = Pattern.compile("[1-9][0-9]{0,9}");

  private final Ledger ledger;
  private final Accounts accounts;
  private final Publisher publisher;
  private final ChangeGate gate;
  private final AdmissionRules rules;

  /** Imports for the accounts of this directory. */
  public ImportCommands(
      Ledger ledger,
      Accounts accounts,
      Publisher publisher,
      ChangeGate gate,
      AdmissionRules rules) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.publisher = publisher;
    this.gate = gate;
    this.rules = rules;
  }

  /**
   * Judges the files and records the valid rows.
   *
   * @param dryRun whether only to judge
   * @throws Refused without a directory, in which the owners of the rows are looked up
   */
  public ImportPlan run(List<NodeFile> files, boolean dryRun, AuditContext context) {
    AccountIndex read =
        accounts
            .refresh()
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalCode.BAD_REQUEST,
                        "no directory is configured, so the owners of the rows are unknown; PUT the owners one by one instead"));
    if (dryRun) {
      return ledger.read(queries -> ImportJudge.judge(files, facts(queries, read)));
    }
    gate.check();
    ImportPlan plan =
        ledger.change(
            transaction -> {
              ImportPlan judged = ImportJudge.judge(files, facts(transaction.flush(), read));
              judged.pins().forEach(pin -> pin(transaction, pin, context));
              return judged;
            });
    publisher.signal();
    return plan;
  }

  private ImportFacts facts(LedgerQueries queries, AccountIndex read) {
    List<ForeignRange> foreign = queries.foreignRanges();
    return new ImportFacts(
        field -> account(read, field),
        range -> accounts.touches(range) || rules.meetsMappedAccounts(range),
        accounts::onlyRemembers,
        (type, range) ->
            foreign.stream()
                .filter(f -> f.type() == type && f.range().overlaps(range))
                .map(ForeignRange::source)
                .findFirst(),
        queries::overlapping,
        owner -> queries.countingFor(owner.stableId()),
        owner -> Admission.namesakes(queries, owner).stream().findFirst(),
        rules.reservedNames()::contains,
        rules.allowAbove2Gi());
  }

  /** Looks up a name first, as shadow does, then a uid; an ambiguous account is no owner. */
  private static Optional<Owner> account(AccountIndex read, String field) {
    return byName(read, field)
        .or(() -> uid(field).flatMap(read::byUid))
        .filter(owner -> !read.isAmbiguous(owner.stableId()));
  }

  private static Optional<Owner> byName(AccountIndex read, String field) {
    try {
      return read.byName(new OwnerName(field));
    } catch (NameRefused e) {
      return Optional.empty();
    }
  }

  /** Reads a uid as shadow compares it: in canonical decimal digits only. */
  private static Optional<Long> uid(String field) {
    return CANONICAL.matcher(field).matches()
        ? Optional.of(Long.parseLong(field))
        : Optional.empty();
  }

  private static void pin(LedgerTransaction transaction, Pin pin, AuditContext context) {
    Optional<Pool> pool =
        transaction.flush().pools().stream()
            .filter(p -> freeSlot(transaction.flush(), p, pin).isPresent())
            .findFirst();
    transaction.grant(
        Admission.newAllocation(pin.owner(), pool.map(Pool::name), pin.uidRange(), pin.gidRange()),
        pool.map(p -> freeSlot(transaction.flush(), p, pin)).orElse(OptionalLong.empty()),
        EventKind.IMPORT,
        context);
  }

  /** Returns the free slot that is this range; empty for a range off the grid of the pool. */
  private static OptionalLong freeSlot(LedgerQueries queries, Pool pool, Pin pin) {
    OptionalLong slot =
        pin.uidRange().equals(pin.gidRange()) ? pool.slotOf(pin.uidRange()) : OptionalLong.empty();
    return slot.isPresent() && queries.isSlotFree(pool.name(), slot.getAsLong())
        ? slot
        : OptionalLong.empty();
  }
}
