/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.directory.AccountRead;
import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.service.ledger.EventKind;
import cadastre.service.ledger.ForeignRange;
import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.LedgerReader;
import cadastre.service.ledger.LedgerTransaction;
import cadastre.service.ledger.Origin;
import cadastre.subid.Allocation;
import cadastre.subid.AllocationState;
import cadastre.subid.NameRefused;
import cadastre.subid.Owner;
import cadastre.subid.OwnerName;
import cadastre.subid.Pool;
import cadastre.subid.imports.ImportFacts;
import cadastre.subid.imports.ImportJudge;
import cadastre.subid.imports.ImportPlan;
import cadastre.subid.imports.ImportPlan.Pin;
import cadastre.subid.imports.NodeFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Pins the ranges that nodes have already, as they are. What is not clean is a finding and is left
 * alone; what is clean is recorded in one transaction.
 */
public final class Importer {
  private static final Pattern CANONICAL = Pattern.compile("[1-9][0-9]{0,9}");

  private final Ledger ledger;
  private final Accounts accounts;
  private final Publisher publisher;
  private final DirectoryGuard guard;
  private final AdmissionRules rules;

  /** Imports for the accounts of this directory. */
  public Importer(
      Ledger ledger,
      Accounts accounts,
      Publisher publisher,
      DirectoryGuard guard,
      AdmissionRules rules) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.publisher = publisher;
    this.guard = guard;
    this.rules = rules;
  }

  /**
   * Judges the files and pins what is clean.
   *
   * @param dryRun whether only to judge
   * @throws Refused if there is no directory that could say whose the rows are
   */
  public ImportPlan run(List<NodeFile> files, boolean dryRun, Origin origin) {
    AccountRead read =
        accounts
            .read()
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalCode.BAD_REQUEST,
                        "no directory is configured, so nobody can say whose the rows are; PUT the owners one by one instead"));
    if (dryRun) {
      return ledger.read(reader -> ImportJudge.judge(files, facts(reader, read)));
    }
    guard.check();
    ImportPlan plan =
        ledger.change(
            transaction -> {
              ImportPlan judged = ImportJudge.judge(files, facts(transaction.read(), read));
              judged.pins().forEach(pin -> pin(transaction, pin, origin));
              return judged;
            });
    publisher.signal();
    return plan;
  }

  private ImportFacts facts(LedgerReader reader, AccountRead read) {
    List<ForeignRange> foreign = reader.foreignRanges();
    return new ImportFacts(
        field -> account(read, field),
        accounts::touches,
        accounts::onlyRemembers,
        (type, range) ->
            foreign.stream()
                .filter(f -> f.type() == type && f.range().overlaps(range))
                .map(ForeignRange::source)
                .findFirst(),
        reader::overlapping,
        owner -> reader.countingFor(owner.stableId()),
        owner -> Admission.namesakes(reader, owner).stream().findFirst(),
        rules.reservedNames()::contains,
        rules.allowAbove2Gi());
  }

  /** A name first, as shadow looks it up; then a uid. An ambiguous account is nobody's. */
  private static Optional<Owner> account(AccountRead read, String field) {
    return byName(read, field)
        .or(() -> uid(field).flatMap(read::byUid))
        .filter(owner -> !read.isAmbiguous(owner.stableId()));
  }

  private static Optional<Owner> byName(AccountRead read, String field) {
    try {
      return read.byName(new OwnerName(field));
    } catch (NameRefused e) {
      return Optional.empty();
    }
  }

  /** As shadow compares it: the decimal digits of a uid, and no other way of writing it. */
  private static Optional<Long> uid(String field) {
    return CANONICAL.matcher(field).matches()
        ? Optional.of(Long.parseLong(field))
        : Optional.empty();
  }

  private static void pin(LedgerTransaction transaction, Pin pin, Origin origin) {
    Optional<Pool> pool =
        transaction.read().pools().stream()
            .filter(p -> freeSlot(transaction.read(), p, pin).isPresent())
            .findFirst();
    transaction.grant(
        new Allocation(
            AllocationIds.next(),
            pin.owner(),
            pool.map(Pool::name),
            pin.uidRange(),
            pin.gidRange(),
            AllocationState.ACTIVE,
            0),
        pool.map(p -> freeSlot(transaction.read(), p, pin)).orElse(OptionalLong.empty()),
        EventKind.IMPORT,
        origin);
  }

  /** The slot that the range happens to be; a range off the grid is in no pool. */
  private static OptionalLong freeSlot(LedgerReader reader, Pool pool, Pin pin) {
    OptionalLong slot =
        pin.uidRange().equals(pin.gidRange()) ? pool.slotOf(pin.uidRange()) : OptionalLong.empty();
    return slot.isPresent() && reader.isSlotFree(pool.name(), slot.getAsLong())
        ? slot
        : OptionalLong.empty();
  }
}
