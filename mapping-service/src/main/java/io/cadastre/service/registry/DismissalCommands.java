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
import io.cadastre.service.registry.EntryJudgement.UntrustedEntry;
import io.cadastre.subid.Printable;
import io.cadastre.subid.ShellWord;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Dismisses an entry of the directory that holds a pool, after an admin has confirmed that its
 * range is not in use. The dismissal is an event, and covers this entry with these ranges only.
 * Thread-safe.
 */
public final class DismissalCommands {
  private final Ledger ledger;
  private final PublishDirectory directory;
  private final ChangeGate gate;
  private final AdmissionRules rules;

  /** Commands on the entries of this directory. */
  public DismissalCommands(
      Ledger ledger, PublishDirectory directory, ChangeGate gate, AdmissionRules rules) {
    this.ledger = ledger;
    this.directory = directory;
    this.gate = gate;
    this.rules = rules;
  }

  /**
   * Dismisses the entry with this DN. The next comparison releases the pools.
   *
   * @param dn as a finding prints it
   * @param dryRun whether only to return the entry
   * @return the entry and its ranges
   * @throws Refused without a reason, or if no entry with this DN holds a pool
   */
  public Dismissed dismiss(String dn, boolean dryRun, AuditContext context) {
    gate.check(context, "dismiss an entry");
    List<PublishedEntry> entries = directory.entries();
    EntryJudgement judged =
        ledger.read(queries -> EntryJudgement.of(queries, entries, rules, OptionalLong.empty()));
    List<UntrustedEntry> holding = new EntryBlocks(ledger, gate).holding(judged.untrusted());
    List<UntrustedEntry> exactly =
        named(holding, text -> text.equals(dn) || text.equals(DnText.of(dn)));
    // else as a terminal printed it, which is where an admin copies it from
    List<UntrustedEntry> named =
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
            named.forEach(e -> transaction.entries().dismiss(EntryBlocks.dismissal(e), context));
            return true;
          });
    }
    UntrustedEntry first = named.get(0);
    return new Dismissed(first.dn(), first.uidRanges(), first.gidRanges());
  }

  private static List<UntrustedEntry> named(List<UntrustedEntry> entries, Predicate<String> dn) {
    return entries.stream().filter(entry -> dn.test(entry.dn())).toList();
  }

  /** Returns the shell command that dismisses the entry. */
  static String command(String dn) {
    return "cadastre dismiss-entry %s --reason 'its range is not in use'"
        .formatted(ShellWord.of(dn));
  }
}
