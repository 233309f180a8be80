/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.subid.Printable;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command prints: the only one that does. What people read is escaped, a line at a time,
 * since names, files and answers of the service are somebody else's text; what programs read is
 * exact.
 *
 * @param out standard output
 * @param err standard error
 */
record Terminal(PrintWriter out, PrintWriter err) {
  private static final String PROGRAM = "cadastre-node: ";

  /** Where the command of that description prints. */
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

  /** Prints one line to standard error that names the program first. */
  void complaint(String text) {
    warning(PROGRAM + text);
  }

  /** Prints these lines to standard error, the first with the program's name. */
  void complaint(List<String> lines) {
    complaint(lines.get(0));
    lines.stream().skip(1).forEach(this::warning);
  }

  /** Prints a defect's stack trace to standard error. */
  void trace(Exception defect) {
    err.print(Printable.trace(defect));
  }

  /** Prints one line that a program reads: JSON, a patch, what getsubids(1) prints. */
  void exact(String line) {
    out.println(line);
  }

  /** Prints a whole text that a program reads, with its own line ends. */
  void exactText(String text) {
    out.print(text);
  }

  /** Hands on what was printed. */
  void flush() {
    out.flush();
    err.flush();
  }
}
