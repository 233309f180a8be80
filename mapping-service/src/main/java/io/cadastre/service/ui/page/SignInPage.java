/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.util.Optional;

/**
 * The form for a token.
 *
 * @param to the page to go on to, as a path of the interface
 * @param note what has happened, if a session has ended or a sign-out was done
 * @param refusal why the last token was refused
 */
public record SignInPage(Frame frame, String to, Optional<String> note, Optional<String> refusal) {
  /** Whether the page answers something, so that the browser has certainly no session. */
  public boolean answers() {
    return note.isPresent() || refusal.isPresent();
  }

  /** The address of the page to go on to. */
  public String next() {
    return frame.base().substring(0, frame.base().length() - "/ui".length()) + to;
  }
}
