/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.Arrays;
import java.util.Optional;

/**
 * The rules that a snapshot must pass before a node accepts it, each with its own exit status.
 * sysexits.h ends at 78, so the rules begin at 80; damaged bytes are its EX_DATAERR.
 */
public enum Rule {
  DIGEST("digest", 65, Scope.NEVER, "The bytes are not a whole snapshot."),
  EMPTY("empty", 80, Scope.SERIAL, "The snapshot has no rows."),
  SHRUNK(
      "shrunk",
      81,
      Scope.SERIAL,
      "More allocations of the last snapshot are gone than max-shrink allows."),
  OLDER(
      "older",
      82,
      Scope.SERIAL,
      "A lower serial of the same ledger, or the same serial with other rows."),
  LEDGER("ledger", 83, Scope.LEDGER, "The ledger is not that of the last snapshot."),
  RANGE_CHANGED("range-changed", 84, Scope.NEVER, "A known allocation has another range."),
  IDENTITY(
      "identity",
      85,
      Scope.SERIAL,
      "A known name or uid has a new allocation, or that of another owner."),
  OVERLAP("overlap", 86, Scope.NEVER, "Two rows share an ID, a name, a uid or an allocation."),
  WINDOW(
      "window",
      87,
      Scope.NEVER,
      "A range lies outside the node's window, or in the reserved table."),
  NAME("name", 88, Scope.NEVER, "A name that could forge a line."),
  LOCAL_ACCOUNT(
      "local-account",
      89,
      Scope.SERIAL,
      "A range holds the uid or gid of a local account, or its row would give the range to a"
          + " local account."),
  LOCAL_ROW("local-row", 90, Scope.SERIAL, "An owner in the snapshot also has a local row."),
  LOCAL_OVERLAP("local-overlap", 91, Scope.SERIAL, "A local row overlaps a range in the snapshot."),
  MARKERS(
      "markers",
      92,
      Scope.NEVER,
      "A file holds a NUL byte, where shadow joins two lines to one row."),
  SERIAL(
      "serial",
      93,
      Scope.SERIAL,
      "A serial below 0, above 2^53-1, or more than 1,000,000,000 above the last one."),
  IDENTITY_CHANGED(
      "identity-changed",
      94,
      Scope.ALLOCATION,
      "A known allocation has another name and another uid.");

  /** What {@code --accept} lets a rule pass for. */
  enum Scope {
    /** No acceptance passes the rule. */
    NEVER,
    /** A snapshot, by its serial. */
    SERIAL,
    /** A snapshot, by its serial or by its ledger's UUID. */
    LEDGER,
    /** An allocation, at any serial. */
    ALLOCATION
  }

  private final String word;
  private final int exitStatus;
  private final Scope scope;
  private final String meaning;

  Rule(String word, int exitStatus, Scope scope, String meaning) {
    this.word = word;
    this.exitStatus = exitStatus;
    this.scope = scope;
    this.meaning = meaning;
  }

  /** The name of the rule in options, files, findings and messages. */
  public String word() {
    return word;
  }

  /** The exit status of a command that this rule stopped. */
  public int exitStatus() {
    return exitStatus;
  }

  /** Whether {@code --accept} can pass it. It cannot where no admin could mean it. */
  public boolean acceptable() {
    return scope != Scope.NEVER;
  }

  /** What an acceptance refers to. */
  Scope scope() {
    return scope;
  }

  /** What breaks the rule, as a sentence. */
  public String meaning() {
    return meaning;
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
