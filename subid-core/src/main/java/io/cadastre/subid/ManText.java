/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.Locale;

/** Builds a manual page with the macros of man(7). All texts are escaped. Not thread-safe. */
public final class ManText {
  private final StringBuilder text = new StringBuilder();

  /** A page of this section of the manual. */
  public ManText(String title, int section) {
    text.append(".\\\" Generated from the command's own description; do not edit\n");
    macro("TH", title.toUpperCase(Locale.ROOT), Integer.toString(section), "", "Cadastre", "");
  }

  /** Begins a section. */
  public void section(String name) {
    macro("SH", name);
  }

  /** Adds the line of the section NAME. */
  public void name(String title, String purpose) {
    section("NAME");
    line(escape(title) + " \\- " + escape(purpose));
  }

  /** Adds a synopsis, with the command in bold. */
  public void synopsis(String command, String rest) {
    section("SYNOPSIS");
    macro("B", command);
    line(escape(rest));
  }

  /** Adds a paragraph. */
  public void paragraph(String words) {
    macro("PP");
    line(escape(words));
  }

  /** Adds a term and its explanation. */
  public void entry(String words, String meaning) {
    macro("TP");
    line("\\fB" + escape(words) + "\\fR");
    line(escape(meaning));
  }

  /** Adds a line as it is in the current paragraph. */
  public void words(String words) {
    line(escape(words));
  }

  private void macro(String name, String... arguments) {
    text.append('.').append(name);
    for (String argument : arguments) {
      text.append(" \"").append(escape(argument)).append('"');
    }
    text.append('\n');
  }

  private void line(String line) {
    // A line that begins with a dot or an apostrophe is a request.
    text.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "")
        .append(line)
        .append('\n');
  }

  private static String escape(String words) {
    return words.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
  }

  /** The page. */
  @Override
  public String toString() {
    return text.toString();
  }
}
