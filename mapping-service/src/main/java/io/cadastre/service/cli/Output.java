/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.subid.Printable;
import java.util.List;

/**
 * Where commands print: the only one that does. What people read is escaped, a line at a time,
 * since answers of the service, names and files are somebody else's text; what programs read is
 * exact.
 */
final class Output {
  private static final String PROGRAM = "cadastre: ";

  private Output() {}

  /** Prints one line for people to standard output. */
  static void line(String text) {
    System.out.println(Printable.of(text));
  }

  /** Prints one line for people to standard error: a summary, or how far work has come. */
  static void notice(String text) {
    System.err.println(Printable.of(text));
  }

  /** Prints lines to standard error, the first with the program's name. */
  static void complaint(List<String> lines) {
    String before = PROGRAM;
    for (String line : lines) {
      notice(before + line);
      before = "";
    }
  }

  /** Prints a failure's stack trace to standard error. */
  static void trace(Throwable failure) {
    System.err.print(Printable.trace(failure));
  }

  /** Prints what a program reads to standard output: JSON, or a line of NDJSON. */
  static void exact(String text) {
    System.out.println(text);
  }
}
