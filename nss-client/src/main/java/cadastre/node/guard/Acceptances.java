/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.guard;

import cadastre.subid.Finding;
import cadastre.subid.Snapshot;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an admin lets pass: rules, each for one snapshot and no other.
 *
 * @param words each {@code RULE@SERIAL}, or {@code ledger@UUID}
 */
public record Acceptances(Set<String> words) {
  private static final Pattern FORM =
      Pattern.compile("([a-z-]+)@([0-9]{1,18}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  /**
   * Checks each word.
   *
   * @throws IllegalArgumentException saying what is wrong with the first that is
   */
  public Acceptances {
    words = new TreeSet<>(words);
    words.forEach(Acceptances::check);
  }

  /** Checks one word. */
  public static void check(String word) {
    Matcher form = FORM.matcher(word);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is not of the form RULE@SERIAL or ledger@UUID".formatted(word));
    }
    Rule rule =
        Rule.of(form.group(1))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "\"%s\" is no rule in \"%s\"".formatted(form.group(1), word)));
    if (!rule.acceptable()) {
      throw new IllegalArgumentException(
          "the rule %s is never passed: \"%s\"".formatted(rule.word(), word));
    }
    if (rule != Rule.LEDGER && form.group(2).indexOf('-') >= 0) {
      throw new IllegalArgumentException(
          "the rule %s is passed for a serial, not a ledger: \"%s\"".formatted(rule.word(), word));
    }
  }

  /** These and those. */
  public Acceptances and(Acceptances others) {
    Set<String> all = new TreeSet<>(words);
    all.addAll(others.words);
    return new Acceptances(all);
  }

  /** Whether this finding about {@code snapshot} may pass. */
  public boolean pass(Finding finding, Snapshot snapshot) {
    return words.contains(finding.rule() + "@" + snapshot.serial())
        || (finding.rule().equals(Rule.LEDGER.word())
            && words.contains(finding.rule() + "@" + snapshot.ledger()));
  }

  /** Those that are about {@code snapshot}, and so still count when it is looked at again. */
  public Acceptances about(Snapshot snapshot) {
    Set<String> left = new TreeSet<>(words);
    left.removeIf(
        word -> !word.endsWith("@" + snapshot.serial()) && !word.endsWith("@" + snapshot.ledger()));
    return new Acceptances(left);
  }
}
