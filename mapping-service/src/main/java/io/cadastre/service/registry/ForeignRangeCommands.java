/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.DnText;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.ReleasedRange;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.ForeignRange;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.registry.EntryJudgement.UntrustedEntry;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Releases the ranges of entries that the directory no longer has, after an admin has decided that
 * they are not in use. Every publish server is asked, since a replica may be behind. Thread-safe.
 */
public final class ForeignRangeCommands {
  private final Ledger ledger;
  private final PublishDirectory directory;
  private final ChangeGate gate;
  private final AdmissionRules rules;

  /** Commands on the entries of this directory. */
  public ForeignRangeCommands(
      Ledger ledger, PublishDirectory directory, ChangeGate gate, AdmissionRules rules) {
    this.ledger = ledger;
    this.directory = directory;
    this.gate = gate;
    this.rules = rules;
  }

  /** The recorded ranges of entries that are not the ledger's, by their first IDs. */
  public List<ForeignRange> ranges() {
    return ledger.read(LedgerQueries::foreignRanges);
  }

  /**
   * Releases a range.
   *
   * @param range the range of the entry, as {@link GivenRange} reads it
   * @param localRows whether a range that a local row of a node has is released too, since the
   *     admin knows that the row is gone; no server can tell
   * @param dryRun whether only to return what would be released
   * @throws Refused without a reason, if no entry has had this range, if a local row has it and
   *     {@code localRows} is false, or if a server has an entry that claims a part of it
   * @throws io.cadastre.service.directory.DirectoryUnavailable if a server does not answer
   */
  public ReleasedRange release(
      String range, boolean localRows, boolean dryRun, AuditContext context) {
    gate.check(context, "release a foreign range");
    IdRange released = GivenRange.parse(range);
    List<ForeignRange> recorded =
        ranges().stream().filter(foreign -> foreign.range().equals(released)).toList();
    if (recorded.isEmpty()) {
      throw unknown(released);
    }
    Map<String, List<PublishedEntry>> byServer = directory.entriesOfEachServer();
    byServer.forEach((server, entries) -> requireGone(server, entries, released, recorded));
    return new ChangeRunner(ledger, dryRun)
        .run(
            transaction -> {
              if (!localRows) {
                requireNoLocalRow(transaction.flush().foreignRanges(), released);
              }
              return transaction.entries().release(released, context);
            })
        .orElseThrow(() -> unknown(released));
  }

  private static void requireNoLocalRow(List<ForeignRange> recorded, IdRange released) {
    recorded.stream()
        .filter(foreign -> foreign.range().equals(released) && foreign.isLocalRow())
        .findFirst()
        .ifPresent(
            foreign -> {
              throw new Refused(
                  RefusalCode.WRONG_STATE,
                  "the range %s is not released: %s has it. Once that row is gone from every node and its IDs are not in use, run: cadastre reconcile --release-foreign %s --local-rows --reason unused"
                      .formatted(released, foreign.source(), released));
            });
  }

  private void requireGone(
      String server, List<PublishedEntry> entries, IdRange released, List<ForeignRange> recorded) {
    EntryJudgement judged =
        ledger.read(queries -> EntryJudgement.of(queries, entries, rules, OptionalLong.empty()));
    Optional<String> claiming =
        judged.untrusted().stream()
            .filter(entry -> claims(entry, released) || isUnread(entry, recorded))
            .map(UntrustedEntry::dn)
            .findFirst()
            .or(() -> unknownOwner(judged, released));
    if (claiming.isPresent()) {
      throw new Refused(
          RefusalCode.WRONG_STATE,
          "the range %s is not released: %s has the entry %s, which claims it. Delete the entry, on every server, then run the command again"
              .formatted(released, server, claiming.get()));
    }
  }

  private static boolean claims(UntrustedEntry entry, IdRange range) {
    return Stream.concat(entry.uidRanges().stream(), entry.gidRanges().stream())
        .anyMatch(range::overlaps);
  }

  /** An entry whose ranges cannot be read any more may still mean the range that it had. */
  private static boolean isUnread(UntrustedEntry entry, List<ForeignRange> recorded) {
    return (entry.uidRanges().isEmpty() || entry.gidRanges().isEmpty())
        && recorded.stream().anyMatch(foreign -> foreign.source().equals(entry.dn()));
  }

  /** An entry of the ledger's own that this server has and the ledger does not know yet. */
  private static Optional<String> unknownOwner(EntryJudgement judged, IdRange range) {
    return judged.plan().ahead().stream()
        .filter(entry -> touches(entry.allocation(), range))
        .map(entry -> DnText.of(entry.dn()))
        .findFirst();
  }

  private static boolean touches(Allocation allocation, IdRange range) {
    return allocation.range(IdType.SUBUID).overlaps(range)
        || allocation.range(IdType.SUBGID).overlaps(range);
  }

  private Refused unknown(IdRange range) {
    List<String> known =
        ranges().stream().map(foreign -> foreign.range().toString()).distinct().toList();
    return new Refused(
        RefusalCode.WRONG_STATE,
        "no entry of the directory has had the range %s. The ledger has recorded %s"
            .formatted(
                range,
                known.isEmpty()
                    ? "none"
                    : String.join(", ", known.subList(0, Math.min(20, known.size())))
                        + (known.size() > 20 ? " and %d more".formatted(known.size() - 20) : "")));
  }
}
