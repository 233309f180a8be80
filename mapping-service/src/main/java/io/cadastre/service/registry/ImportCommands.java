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
import io.cadastre.service.idmap.SssdSlice;
import io.cadastre.service.imports.ImportFacts;
import io.cadastre.service.imports.ImportJudge;
import io.cadastre.service.imports.ImportPlan;
import io.cadastre.service.imports.ImportPlan.Pin;
import io.cadastre.service.ledger.ForeignRange;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Imports the ranges of existing files of nodes, unchanged. Valid rows are recorded in one
 * transaction; every other row is a finding and changes nothing. Thread-safe.
 */
public final class ImportCommands {
  private final Ledger ledger;
  private final Accounts accounts;
  private final Identities identities;
  private final Publisher publisher;
  private final ChangeGate gate;
  private final AdmissionRules rules;

  /** Imports for the accounts of this source. */
  public ImportCommands(
      Ledger ledger,
      Accounts accounts,
      Identities identities,
      Publisher publisher,
      ChangeGate gate,
      AdmissionRules rules) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.identities = identities;
    this.publisher = publisher;
    this.gate = gate;
    this.rules = rules;
  }

  /**
   * Judges the files, records the valid rows and blocks the slots of local rows, if asked for.
   *
   * @throws Refused if accounts are given and the directory has them, or none are given and the
   *     directory has none
   */
  public ImportPlan run(ImportRequest request, AuditContext context) {
    RunningWork.step("reads the accounts", 0);
    Optional<AccountIndex> read = accounts.refresh();
    RunningWork.step("judges the files", 0);
    ImportAccounts owners = owners(request, read);
    if (request.dryRun()) {
      return ledger.read(queries -> judge(request, queries, owners, read));
    }
    gate.check();
    ImportPlan plan =
        ledger.change(
            transaction -> {
              ImportPlan judged = judge(request, transaction.flush(), owners, read);
              RunningWork.step("records the ranges", judged.pins().size());
              int recorded = 0;
              for (Pin pin : judged.pins()) {
                pin(transaction, pin, context);
                RunningWork.advance(++recorded);
              }
              judged
                  .blocks()
                  .forEach(
                      local ->
                          transaction
                              .entries()
                              .blockLocal(local.type(), local.range(), local.source(), context));
              return judged;
            });
    publisher.signal();
    return plan;
  }

  private ImportAccounts owners(ImportRequest request, Optional<AccountIndex> read) {
    if (identities.fromDirectory()) {
      if (!request.accounts().isEmpty()) {
        throw new Refused(
            RefusalCode.BAD_REQUEST,
            "the accounts come from the directory (identity.source: directory), so the request must"
                + " not carry \"accounts\"; leave --accounts out");
      }
      return ImportAccounts.of(read.orElseThrow());
    }
    if (request.accounts().isEmpty()) {
      throw new Refused(
          RefusalCode.BAD_REQUEST,
          "identities come from the caller (identity.source: caller), so the owners of the rows are"
              + " unknown. Give their accounts as passwd(5) lines: getent passwd > accounts.passwd;"
              + " cadastre import-files --accounts accounts.passwd NODE.subuid NODE.subgid");
    }
    return ImportAccounts.of(request.accounts(), identities, rules.reservedNames());
  }

  private ImportPlan judge(
      ImportRequest request,
      LedgerQueries queries,
      ImportAccounts owners,
      Optional<AccountIndex> read) {
    List<ForeignRange> foreign = queries.foreignRanges();
    ImportFacts facts =
        new ImportFacts(
            owners::of,
            range ->
                owners
                    .realId(range)
                    .or(() -> read.flatMap(r -> r.holders().in(range)))
                    .or(() -> rules.mappedAccounts(range).map(SssdSlice::toString)),
            accounts::onlyRemembered,
            gid ->
                read.filter(r -> r.touches(IdType.SUBGID, new IdRange(gid, 1))).isPresent()
                    || owners.hasGid(gid),
            (type, range) ->
                foreign.stream()
                    .filter(f -> f.type() == type && f.range().overlaps(range))
                    .map(ForeignRange::source)
                    .findFirst(),
            (type, range) ->
                foreign.stream()
                    .filter(ForeignRange::isLocalRow)
                    .anyMatch(f -> f.type() == type && f.range().contains(range)),
            queries::overlapping,
            owner -> queries.countingFor(owner.stableId()),
            owner -> Namesakes.of(queries, owner).stream().findFirst(),
            rules.reservedNames()::contains,
            rules.accepted(),
            queries.pools(),
            request.block());
    return ImportJudge.judge(request.files(), facts);
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
