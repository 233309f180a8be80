/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.guard.Hold;
import io.cadastre.node.guard.Rule;
import io.cadastre.node.sync.Verification;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import io.cadastre.subid.SubidFile;
import io.cadastre.subid.SubidRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * N08: lines of /etc/subuid and /etc/subgid that are not as they should be. It fails if the node
 * does not serve what it last accepted, and warns about held rows and local lines. Each problem has
 * the next step for its line. Not thread-safe.
 */
final class UnexpectedRows {
  /** How many findings, and how many held rows, {@code verify} prints without --json. */
  private static final int PRINTED = 10;

  private final CheckedNode node;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> noRows = new ArrayList<>();
  private String firstNoRow = "";
  private Optional<PlacedRow> beyond = Optional.empty();
  private boolean printsAll = true;

  /** Something that a verification found. */
  private record Problem(Verdict verdict, String what, Finding finding) {}

  private UnexpectedRows(CheckedNode node) {
    this.node = node;
  }

  static CheckOutcome check(CheckedNode node) throws Unobservable {
    for (IdType type : IdType.values()) {
      Optional<String> unread =
          SubidFiles.unread(node, type).filter(why -> node.host().isLink("/etc/" + type.word()));
      if (unread.isPresent()) {
        return CheckOutcome.fail(unread.get() + ", and sync and verify stop", "Do what N05 says.");
      }
    }
    return of(
        node,
        node.nodeState().lastGood().isPresent()
            ? Optional.of(Verification.run(node.nodeState(), node.settings(), node.accepted()))
            : Optional.empty());
  }

  /**
   * The outcome for a node.
   *
   * @param verified what a verification found; empty if there is no snapshot to verify
   */
  static CheckOutcome of(CheckedNode node, Optional<Verification.Result> verified)
      throws Unobservable {
    UnexpectedRows rows = new UnexpectedRows(node);
    for (IdType type : IdType.values()) {
      rows.readLines(type);
    }
    verified.ifPresent(rows::add);
    return rows.outcome();
  }

  private void readLines(IdType type) throws Unobservable {
    String name = "/etc/" + type.word();
    boolean files = node.subidSource().equals("files");
    List<SubidFile.Line> lines =
        SubidFile.decode(node.host().bytes(name).orElse(new byte[0])).lines();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).text();
      if (lines.get(i).row().isEmpty() && !text.isBlank() && !text.startsWith("#")) {
        PlacedRow row = PlacedRow.of(name, i + 1, text);
        if (beyond.isEmpty() && files && row.overflows()) {
          beyond = Optional.of(row); // the plugin ignores such a row
        }
        if (noRows.isEmpty()) {
          firstNoRow = row.text();
        }
        noRows.add("line %d of %s".formatted(i + 1, name));
      }
    }
  }

  /** Adds what is about rows, the worst first. */
  private void add(Verification.Result verified) {
    printsAll = verified.findings().size() <= PRINTED && verified.held().size() <= PRINTED;
    for (Finding finding : verified.findings()) {
      if (finding.severity() == Severity.ERROR) {
        problems.add(new Problem(Verdict.FAIL, summary(finding), finding));
      }
    }
    for (Hold hold : verified.held()) {
      problems.add(
          new Problem(
              Verdict.WARN,
              "the row of %s is held: %s".formatted(hold.row().name(), summary(hold.finding())),
              hold.finding()));
    }
    for (Finding finding : verified.findings()) {
      if (finding.severity() == Severity.WARNING && Rule.of(finding.rule()).isPresent()) {
        problems.add(new Problem(Verdict.WARN, summary(finding), finding));
      }
    }
  }

  /** What a finding says, in one line. */
  static String summary(Finding finding) {
    return finding.rule() + ": " + finding.subject() + ": " + finding.message();
  }

  /** The remedy of a finding as a sentence, with the line if it is about a local row. */
  static String remedy(CheckedNode node, Finding finding) throws Unobservable {
    StringBuilder remedy = new StringBuilder(finding.remedy());
    for (IdType type : IdType.values()) {
      for (PlacedRow row : PlacedRow.read(node, type, owner -> true)) {
        Optional<String> asRead = SubidRow.parse(row.text()).map(SubidRow::toString);
        if (asRead
            .map(text -> row.file() + ", row " + text)
            .equals(Optional.of(finding.subject()))) {
          remedy.append(" (").append(row).append(')');
        }
      }
    }
    String first = remedy.substring(0, 1).toUpperCase(Locale.ROOT);
    return first + remedy.substring(1) + ".";
  }

  /** The first problem, the number of the others, and where they are printed. */
  private CheckOutcome outcome() throws Unobservable {
    int others = problems.size() + noRows.size() - 1;
    if (others < 0) {
      return CheckOutcome.pass("all rows of /etc/subuid and /etc/subgid are in order");
    }
    String more = others > 0 ? ", and %d more".formatted(others) : "";
    if (problems.isEmpty() && beyond.isPresent()) {
      return CheckOutcome.warn(beyond.get().refusal() + more, beyond.get().remedy());
    }
    if (problems.isEmpty()) {
      return CheckOutcome.warn(
          "%s is not a row and is ignored: %s%s".formatted(noRows.get(0), firstNoRow, more),
          "Edit or remove " + places() + ".");
    }
    Problem first = problems.get(0);
    StringBuilder remedy = new StringBuilder(remedy(node, first.finding()));
    if (problems.size() > 1) {
      remedy.append(
          printsAll
              ? " \"cadastre-node verify\" prints the others"
              : " \"cadastre-node verify --json\" prints the others");
      remedy.append(noRows.isEmpty() ? "." : ", but for lines that are no rows: ");
    } else if (!noRows.isEmpty()) {
      remedy.append(" Lines that are no rows: ");
    }
    if (!noRows.isEmpty()) {
      remedy.append(places()).append('.');
    }
    return new CheckOutcome(first.verdict(), first.what() + more, remedy.toString());
  }

  private String places() {
    String first = String.join(", ", noRows.subList(0, Math.min(PRINTED, noRows.size())));
    return noRows.size() > PRINTED
        ? "%s and %d more".formatted(first, noRows.size() - PRINTED)
        : first;
  }
}
