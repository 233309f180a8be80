/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import io.cadastre.subid.SnapshotRow;
import java.util.List;

/**
 * A finding about some rows of a snapshot. The node can hold these rows back and serve all others.
 * Immutable.
 *
 * @param finding a breach of a {@link Rule}, or a warning
 * @param rows the rows that it concerns; no rows for a warning
 */
public record Conflict(Finding finding, List<SnapshotRow> rows) {

  /** Copies the list. */
  public Conflict {
    rows = List.copyOf(rows);
  }

  /** A warning, which holds nothing back. */
  static Conflict warning(Rule rule, String subject, String message, String remedy) {
    return new Conflict(
        new Finding(rule.word(), Severity.WARNING, subject, message, remedy), List.of());
  }
}
