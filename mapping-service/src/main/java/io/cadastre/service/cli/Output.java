/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.subid.Printable;
import java.util.List;

/**
 * Prints for all commands. Text for people is escaped, a line at a time, since the service's
 * answers, names and files may have any characters. Text for programs is exact.
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
