/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The guards refuse a snapshot, or a file cannot be parsed: the new files would be worse than the
 * present ones.
 */
public final class SyncRefused extends NodeFailure {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 10;
  private static final int WORDS = 1000;

  private final Rule rule;

  private SyncRefused(Rule rule, List<String> lines) {
    super(rule.exitStatus(), lines);
    this.rule = rule;
  }

  /** The rule that gives the exit status. */
  public Rule rule() {
    return rule;
  }

  /** A text or an answer that cannot be parsed. */
  public static SyncRefused because(Rule rule, String message) {
    return new SyncRefused(rule, List.of(message + ". The files are left as they are."));
  }

  /**
   * A snapshot that breaks rules; the first finding gives the exit status.
   *
   * @param broken at least one finding of a {@link Rule}
   * @param why a sentence about all of them
   */
  public static SyncRefused of(Snapshot snapshot, List<Finding> broken, Optional<String> why) {
    long serial = snapshot.serial();
    List<String> lines = new ArrayList<>();
    lines.add("the snapshot of serial %d is refused:".formatted(serial));
    why.ifPresent(sentence -> lines.add("  " + sentence));
    broken.stream().limit(SHOWN).forEach(finding -> lines.add("  " + line(serial, finding)));
    if (broken.size() > SHOWN) {
      lines.add("  and %d more".formatted(broken.size() - SHOWN));
      broken.stream()
          .skip(SHOWN)
          .filter(finding -> rule(finding).acceptable())
          .map(finding -> Acceptance.of(rule(finding), finding, serial))
          .distinct()
          .limit(WORDS)
          .forEach(word -> lines.add("  (--accept %s passes it)".formatted(word)));
    }
    lines.add("The files are left as they are.");
    return new SyncRefused(rule(broken.get(0)), lines);
  }

  private static String line(long serial, Finding finding) {
    Rule rule = rule(finding);
    return "%s: %s: %s; %s%s"
        .formatted(
            rule.word(),
            finding.subject(),
            finding.message(),
            finding.remedy(),
            rule.acceptable()
                ? " (--accept %s passes it)".formatted(Acceptance.of(rule, finding, serial))
                : "");
  }

  private static Rule rule(Finding finding) {
    return Rule.of(finding.rule()).orElseThrow();
  }
}
