/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.DnText;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.registry.EntryJudgement.Stranger;
import io.cadastre.subid.Printable;
import io.cadastre.subid.ShellWord;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Dismisses an entry of the directory that holds a pool: an admin says that nobody uses its range.
 * The dismissal is an event, and is of this entry with these ranges only. Thread-safe.
 */
public final class DismissalCommands {
  private final Ledger ledger;
  private final PublishDirectory directory;
  private final ChangeGate gate;
  private final AdmissionRules rules;

  /** Dismissals of this directory's entries. */
  public DismissalCommands(
      Ledger ledger, PublishDirectory directory, ChangeGate gate, AdmissionRules rules) {
    this.ledger = ledger;
    this.directory = directory;
    this.gate = gate;
    this.rules = rules;
  }

  /**
   * Dismisses the entry of that DN. The pools are given free by the next comparison.
   *
   * @param dn as a finding prints it
   * @param dryRun whether only to say which entry
   * @return what was, or would be, dismissed
   * @throws Refused without a reason, or if no entry of that DN holds a pool
   */
  public String dismiss(String dn, boolean dryRun, AuditContext context) {
    OwnerCommands.requireReason(context, "dismiss an entry");
    gate.check();
    List<PublishedEntry> entries = directory.entries();
    EntryJudgement judged =
        ledger.read(queries -> EntryJudgement.of(queries, entries, rules, OptionalLong.empty()));
    List<Stranger> holding = new EntryBlocks(ledger, rules.holds()).holding(judged.absentOwners());
    List<Stranger> exactly = named(holding, text -> text.equals(dn) || text.equals(DnText.of(dn)));
    // as it was on the terminal that this was copied from
    List<Stranger> named =
        exactly.isEmpty() ? named(holding, text -> Printable.of(text).equals(dn)) : exactly;
    if (named.isEmpty()) {
      throw new Refused(
          RefusalCode.WRONG_STATE,
          "no entry %s holds a pool; \"cadastre audit\" prints the DNs of those that do"
              .formatted(DnText.of(dn)));
    }
    if (!dryRun) {
      ledger.change(
          transaction -> {
            named.forEach(s -> transaction.dismiss(EntryBlocks.dismissal(s), context));
            return true;
          });
    }
    Stranger first = named.get(0);
    return "%s: subuid %s, subgid %s".formatted(first.dn(), first.uidRanges(), first.gidRanges());
  }

  private static List<Stranger> named(List<Stranger> absentOwners, Predicate<String> dn) {
    return absentOwners.stream().filter(absent -> dn.test(absent.dn())).toList();
  }

  /** The command that dismisses the entry, for a shell. */
  static String command(String dn) {
    return "cadastre dismiss-entry %s --reason 'nobody uses its range'".formatted(ShellWord.of(dn));
  }
}
