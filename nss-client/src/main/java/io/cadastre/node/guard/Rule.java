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
 * The rules a snapshot must pass before a node takes it, each with its own exit status. sysexits.h
 * ends at 78; the rules go on from 80, but for damaged bytes, which are its EX_DATAERR.
 */
public enum Rule {
  DIGEST("digest", 65, Scope.NEVER, "Bytes that are no whole snapshot."),
  EMPTY("empty", 80, Scope.SERIAL, "No row at all."),
  SHRUNK(
      "shrunk",
      81,
      Scope.SERIAL,
      "More of the last one's allocations are gone than the share that is set."),
  OLDER(
      "older",
      82,
      Scope.SERIAL,
      "A lower serial of the same ledger, or the same serial with other rows."),
  LEDGER("ledger", 83, Scope.LEDGER, "Another ledger than the last one's."),
  RANGE_CHANGED("range-changed", 84, Scope.NEVER, "A known allocation has another range."),
  IDENTITY(
      "identity",
      85,
      Scope.SERIAL,
      "A known name or uid has a new allocation, or another person's."),
  OVERLAP("overlap", 86, Scope.NEVER, "Two rows share an ID, a name, a uid or an allocation."),
  WINDOW("window", 87, Scope.NEVER, "A range outside the node's window, or in the reserved table."),
  NAME("name", 88, Scope.NEVER, "A name that could forge a line."),
  LOCAL_ACCOUNT(
      "local-account",
      89,
      Scope.SERIAL,
      "A range that holds the uid or gid of a local account, or whose row would be that"
          + " account's."),
  LOCAL_ROW("local-row", 90, Scope.SERIAL, "A local row of an owner that the snapshot has."),
  LOCAL_OVERLAP(
      "local-overlap",
      91,
      Scope.SERIAL,
      "A local row that overlaps the range of somebody in the snapshot."),
  MARKERS(
      "markers", 92, Scope.NEVER, "The marker lines of the managed block are damaged or doubled."),
  SERIAL(
      "serial",
      93,
      Scope.SERIAL,
      "A serial below 0, above 2^53-1, or more than 1,000,000,000 above the last one's."),
  IDENTITY_CHANGED(
      "identity-changed",
      94,
      Scope.ALLOCATION,
      "A known allocation under another name and another uid.");

  /** What {@code --accept} passes a rule for. */
  enum Scope {
    /** The rule is never passed. */
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
    return scope != Scope.NEVER;
  }

  /** What it may be passed for. */
  Scope scope() {
    return scope;
  }

  /** What breaks it, as a sentence. */
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
