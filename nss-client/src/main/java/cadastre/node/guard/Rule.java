/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.guard;

import cadastre.subid.Finding;
import cadastre.subid.Severity;
import java.util.Arrays;
import java.util.Optional;

/**
 * The rules a snapshot must pass before a node takes it, each with its own exit status. sysexits.h
 * ends at 78; the rules go on from 80.
 */
public enum Rule {
  /** EX_DATAERR: bytes that are no whole snapshot. */
  DIGEST("digest", 65, false),
  /** No row at all. */
  EMPTY("empty", 80, true),
  /** Fewer rows than the last one, by more than the share that is set. */
  SHRUNK("shrunk", 81, true),
  /** A lower serial of the same ledger, or the same serial with other rows. */
  OLDER("older", 82, true),
  /** Another ledger than the last one's. */
  LEDGER("ledger", 83, true),
  /** A known allocation has another range. */
  RANGE_CHANGED("range-changed", 84, false),
  /** A known name or uid has a new allocation, or another person's. */
  IDENTITY("identity", 85, true),
  /** Two rows share an ID, a name, a uid or an allocation. */
  OVERLAP("overlap", 86, false),
  /** A range outside the node's window, or in the reserved table. */
  WINDOW("window", 87, false),
  /** A name that could forge a line. */
  NAME("name", 88, false),
  /** A range that holds the uid or gid of a local account. */
  LOCAL_ACCOUNT("local-account", 89, true),
  /** A local row of an owner whom the snapshot has. */
  LOCAL_ROW("local-row", 90, true),
  /** A local row that overlaps the range of somebody in the snapshot. */
  LOCAL_OVERLAP("local-overlap", 91, true),
  /** The marker lines of the managed block are damaged or doubled. */
  MARKERS("markers", 92, false);

  private final String word;
  private final int exitStatus;
  private final boolean acceptable;

  Rule(String word, int exitStatus, boolean acceptable) {
    this.word = word;
    this.exitStatus = exitStatus;
    this.acceptable = acceptable;
  }

  /** The rule's name in options, files, findings and messages. */
  public String word() {
    return word;
  }

  /** What a command that this rule stopped exits with. */
  public int exitStatus() {
    return exitStatus;
  }

  /** Whether {@code --accept} may pass it: not where nobody could mean it. */
  public boolean acceptable() {
    return acceptable;
  }

  /** The rule of that name. */
  public static Optional<Rule> of(String word) {
    return Arrays.stream(values()).filter(rule -> rule.word.equals(word)).findFirst();
  }

  /** A breach of this rule. */
  Finding broken(String subject, String message, String remedy) {
    return new Finding(word, Severity.ERROR, subject, message, remedy);
  }
}
