/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import io.cadastre.service.registry.RunningWork;
import io.cadastre.subid.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Long work, that which runs first.
 *
 * @param isRunning whether the page has something to wait for
 */
public record ProgressPage(Frame frame, List<Row> rows, boolean isRunning) {
  /** Copies the list. */
  public ProgressPage {
    rows = List.copyOf(rows);
  }

  /**
   * A work.
   *
   * @param amount how much is done, in words
   * @param done how much is done, of total
   * @param total 0 if it is unknown
   */
  public record Row(
      String what,
      String begun,
      String step,
      String amount,
      long done,
      long total,
      String time,
      Optional<String> end) {
    /** The row of a work. */
    public static Row of(RunningWork.Shown shown) {
      long done = shown.total() == 0 ? shown.done() : Math.min(shown.done(), shown.total());
      String amount =
          shown.total() > 0
              ? String.format(Locale.ROOT, "%,d of %,d", done, shown.total())
              : done > 0 ? String.format(Locale.ROOT, "%,d", done) : "";
      return new Row(
          shown.what(),
          shown.begun().toString(),
          shown.step(),
          amount,
          done,
          shown.total(),
          String.format(Locale.ROOT, "%.1f s", shown.time().toMillis() / 1000.0),
          shown.end().map(Printable::of));
    }
  }
}
