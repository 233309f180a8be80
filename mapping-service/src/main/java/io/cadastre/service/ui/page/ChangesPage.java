/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.util.List;

/** The changes to choose from. */
public record ChangesPage(Frame frame, List<ChangeKind> kinds) {
  /** Copies the list. */
  public ChangesPage {
    kinds = List.copyOf(kinds);
  }
}
