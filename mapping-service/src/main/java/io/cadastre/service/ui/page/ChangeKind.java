/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The changes that a page offers. */
public enum ChangeKind {
  /** Closes a range. */
  RETIRE("Retire", "Close an owner's range. It stays reserved for that owner, and can come back."),
  /** Opens a retired range. */
  REINSTATE("Reinstate", "Give a retired owner the same range back."),
  /** Moves to a new range. */
  SUPERSEDE(
      "Supersede",
      "Move an owner to a new range. The old one is closed for good: files of containers keep its"
          + " numbers."),
  /** Ties to a new stable ID. */
  REBIND(
      "Rebind",
      "Tie an owner to the account's new stable ID, after the directory was loaded anew and the"
          + " account is the same person.");

  private final String title;
  private final String meaning;

  ChangeKind(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  /** The word of its button. */
  public String title() {
    return title;
  }

  /** What it does, for a person. */
  public String meaning() {
    return meaning;
  }

  /** Its part of the address. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this word. */
  public static Optional<ChangeKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** Whether an owner in this state may be changed so, as far as the state says it. */
  public boolean suits(String state) {
    return switch (this) {
      case RETIRE -> state.equals("active") || state.equals("withheld");
      case REINSTATE -> state.equals("retired");
      case SUPERSEDE -> state.equals("active") || state.equals("retired");
      case REBIND -> !state.equals("superseded");
    };
  }
}
