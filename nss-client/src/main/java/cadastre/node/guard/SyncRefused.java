/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.guard;

import cadastre.node.failure.NodeFailure;
import cadastre.subid.Finding;
import cadastre.subid.Snapshot;
import java.util.List;
import java.util.stream.Collectors;

/** Guards found that what would be written is worse than what is there. */
public final class SyncRefused extends NodeFailure {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 10;

  private SyncRefused(int exitStatus, String message) {
    super(exitStatus, message);
  }

  /** What cannot even be read as what it should be. */
  public static SyncRefused because(Rule rule, String message) {
    return new SyncRefused(rule.exitStatus(), message + ". The files are left as they are.");
  }

  /**
   * A snapshot that breaks rules; the first one gives the exit status.
   *
   * @param broken at least one finding of a {@link Rule}
   */
  public static SyncRefused of(Snapshot snapshot, List<Finding> broken) {
    long serial = snapshot.serial();
    return new SyncRefused(
        rule(broken.get(0)).exitStatus(),
        broken.stream()
            .limit(SHOWN)
            .map(finding -> line(serial, finding))
            .collect(
                Collectors.joining(
                    "\n  ",
                    "the snapshot of serial %d is refused:\n  ".formatted(serial),
                    (broken.size() > SHOWN
                            ? "\n  and %d more".formatted(broken.size() - SHOWN)
                            : "")
                        + "\nThe files are left as they are.")));
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
