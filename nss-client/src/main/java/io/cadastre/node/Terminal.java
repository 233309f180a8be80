/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.guard.Hold;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Printable;
import io.cadastre.subid.Severity;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The output of a command; nothing else prints. Text for people is printed one line at a time and
 * escaped, since names, files and answers of the service are foreign text. Text for programs is
 * printed exactly.
 *
 * @param out standard output
 * @param err standard error
 */
record Terminal(PrintWriter out, PrintWriter err) {
  private static final String PROGRAM = "cadastre-node: ";
  private static final int MAX_FINDINGS = 10;

  /** The standard output and error of this process, as UTF-8; {@link #flush()} writes them. */
  static Terminal standard() {
    return new Terminal(
        new PrintWriter(System.out, false, StandardCharsets.UTF_8),
        new PrintWriter(System.err, false, StandardCharsets.UTF_8));
  }

  /** The output of the command with this description. */
  static Terminal of(CommandSpec spec) {
    return new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  /** Prints one line for people to standard output. */
  void line(String text) {
    out.println(Printable.of(text));
  }

  /** Prints one line for people to standard error. */
  void warning(String text) {
    err.println(Printable.of(text));
  }

  /** Prints one line to standard error, with the name of the program. */
  void error(String text) {
    warning(PROGRAM + text);
  }

  /** Prints lines to standard error, the first with the name of the program. */
  void error(List<String> lines) {
    error(lines.get(0));
    lines.stream().skip(1).forEach(this::warning);
  }

  /** Prints findings to standard error: the first ten, and the number of the others. */
  void findings(List<Finding> findings) {
    for (Finding finding : findings.subList(0, Math.min(MAX_FINDINGS, findings.size()))) {
      error(
          "%s: %s: %s: %s; %s"
              .formatted(
                  finding.severity() == Severity.ERROR ? "error" : "warning",
                  finding.rule(),
                  finding.subject(),
                  finding.message(),
                  finding.remedy()));
    }
    if (findings.size() > MAX_FINDINGS) {
      error("and %d more".formatted(findings.size() - MAX_FINDINGS));
    }
  }

  /**
   * Prints rows that are not served to standard error, "taken" if the node served the row until
   * now: the first ten, and the number of the others.
   *
   * @param serial of the snapshot that has them
   */
  void holds(List<Hold> holds, long serial) {
    for (Hold hold : holds.subList(0, Math.min(MAX_FINDINGS, holds.size()))) {
      Finding finding = hold.finding();
      error(
          "%s: the row of %s, %s: %s: %s: %s; %s (--accept %s serves it%s)"
              .formatted(
                  hold.taken() ? "taken" : "held",
                  hold.row().name(),
                  hold.row().uidRange(),
                  finding.rule(),
                  finding.subject(),
                  finding.message(),
                  finding.remedy(),
                  hold.acceptance(serial),
                  hold.acceptance(serial).isForOneSerial() ? " at this serial" : ""));
    }
    if (holds.size() > MAX_FINDINGS) {
      error("and %d more rows".formatted(holds.size() - MAX_FINDINGS));
    }
  }

  /** Prints the stack trace of a defect to standard error. */
  void trace(Exception defect) {
    err.print(Printable.trace(defect));
  }

  /** Prints one line for programs: JSON, a patch, the format of getsubids(1). */
  void exact(String line) {
    out.println(line);
  }

  /** Prints a whole text for programs, with its own line ends. */
  void exactText(String text) {
    out.print(text);
  }

  /** Flushes both streams. */
  void flush() {
    out.flush();
    err.flush();
  }
}
