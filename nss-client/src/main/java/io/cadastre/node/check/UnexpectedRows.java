/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.guard.Hold;
import io.cadastre.node.sync.Verification;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import io.cadastre.subid.SubidFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * N08: lines of /etc/subuid and /etc/subgid that are not as they should be. It fails if the node
 * does not serve what it last accepted, and warns about local lines. Each problem has the next step
 * for its line. Not thread-safe.
 */
final class UnexpectedRows {
  private final CheckedNode node;
  private final List<Problem> problems = new ArrayList<>();

  /** Something to repair, and how. */
  private record Problem(Verdict verdict, String what, String remedy) {}

  private UnexpectedRows(CheckedNode node) {
    this.node = node;
  }

  static CheckOutcome check(CheckedNode node) throws Unobservable {
    UnexpectedRows rows = new UnexpectedRows(node);
    for (IdType type : IdType.values()) {
      Optional<String> unread =
          SubidFiles.unread(node, type).filter(why -> node.host().isLink("/etc/" + type.word()));
      if (unread.isPresent()) {
        return CheckOutcome.fail(unread.get() + ", and sync and verify stop", "Do what N05 says.");
      }
      rows.readLines(type);
    }
    if (node.nodeState().lastGood().isPresent()) {
      rows.verify();
    }
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
        String line = "line %d of %s".formatted(i + 1, name);
        // The plugin ignores a row that begins beyond the last ID.
        problems.add(
            files && row.overflows()
                ? new Problem(Verdict.WARN, row.refusal(), row.remedy())
                : new Problem(
                    Verdict.WARN,
                    "%s is not a row and is ignored: %s".formatted(line, row.text()),
                    "Edit or remove " + line + "."));
      }
    }
  }

  private void verify() throws Unobservable {
    Verification.Result verified =
        Verification.run(node.nodeState(), node.settings(), node.accepted());
    for (Finding finding : verified.findings()) {
      if (finding.severity() == Severity.ERROR) {
        problems.add(new Problem(Verdict.FAIL, summary(finding), remedy(finding)));
      }
    }
    for (Hold hold : verified.held()) {
      problems.add(
          new Problem(
              Verdict.WARN,
              "the row of %s is held: %s".formatted(hold.row().name(), summary(hold.finding())),
              remedy(hold.finding())));
    }
  }

  private static String summary(Finding finding) {
    return finding.rule() + ": " + finding.subject() + ": " + finding.message();
  }

  /** The remedy of a finding as a sentence, with the line if it is about a local row. */
  private String remedy(Finding finding) throws Unobservable {
    StringBuilder remedy = new StringBuilder(finding.remedy());
    for (IdType type : IdType.values()) {
      for (PlacedRow row : PlacedRow.read(node, type, owner -> true)) {
        if (finding.subject().equals("%s, row %s".formatted(row.file(), row.text()))) {
          remedy.append(" (").append(row).append(')');
        }
      }
    }
    String first = remedy.substring(0, 1).toUpperCase(Locale.ROOT);
    return first + remedy.substring(1) + ".";
  }

  /** The first failure, or else the first warning, and the number of the others. */
  private CheckOutcome outcome() {
    Optional<Problem> worst =
        problems.stream()
            .filter(problem -> problem.verdict() == Verdict.FAIL)
            .findFirst()
            .or(() -> problems.stream().findFirst());
    if (worst.isEmpty()) {
      return CheckOutcome.pass("all rows of /etc/subuid and /etc/subgid are in order");
    }
    String others = problems.size() > 1 ? ", and %d more".formatted(problems.size() - 1) : "";
    String all = problems.size() > 1 ? " \"cadastre-node verify\" prints all of them." : "";
    return new CheckOutcome(
        worst.get().verdict(), worst.get().what() + others, worst.get().remedy() + all);
  }
}
