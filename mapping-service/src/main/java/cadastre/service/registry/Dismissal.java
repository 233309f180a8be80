/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.directory.DnText;
import cadastre.service.directory.PublishDirectory;
import cadastre.service.directory.PublishedEntry;
import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.Origin;
import cadastre.service.registry.EntryJudgement.Stranger;
import cadastre.subid.Printable;
import cadastre.subid.ShellWord;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Dismisses an entry of the directory that holds a pool: an admin says that nobody uses its range.
 * The dismissal is an event, and is of this entry with these ranges only. Thread-safe.
 */
public final class Dismissal {
  private final Ledger ledger;
  private final PublishDirectory directory;
  private final DirectoryGuard guard;
  private final AdmissionRules rules;

  /** Dismissals of this directory's entries. */
  public Dismissal(
      Ledger ledger, PublishDirectory directory, DirectoryGuard guard, AdmissionRules rules) {
    this.ledger = ledger;
    this.directory = directory;
    this.guard = guard;
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
  public String dismiss(String dn, boolean dryRun, Origin origin) {
    Registry.requireReason(origin, "dismiss an entry");
    guard.check();
    List<PublishedEntry> entries = directory.entries();
    EntryJudgement judged =
        ledger.read(reader -> EntryJudgement.of(reader, entries, rules, OptionalLong.empty()));
    List<Stranger> holding = new EntryBlocks(ledger, rules.holds()).holding(judged.strangers());
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
            named.forEach(s -> transaction.dismiss(EntryBlocks.dismissal(s), origin));
            return true;
          });
    }
    Stranger first = named.get(0);
    return "%s: subuid %s, subgid %s".formatted(first.dn(), first.uidRanges(), first.gidRanges());
  }

  private static List<Stranger> named(List<Stranger> strangers, Predicate<String> dn) {
    return strangers.stream().filter(stranger -> dn.test(stranger.dn())).toList();
  }

  /** The command that dismisses the entry, for a shell. */
  static String command(String dn) {
    return "cadastre dismiss-entry %s --reason 'nobody uses its range'".formatted(ShellWord.of(dn));
  }
}
