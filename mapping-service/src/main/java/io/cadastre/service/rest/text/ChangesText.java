/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import io.cadastre.service.event.RowChange;
import io.cadastre.subid.SnapshotRow;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What changed since a serial: the header of the snapshot that it leads to, then {@code -row} for
 * each row that went and {@code +row} for each that came. Whoever applies them and sorts the rows
 * as unsigned bytes has the rows that the header's digest tells of, or must fetch the snapshot.
 */
public final class ChangesText {
  private ChangesText() {}

  /** The text for these changes, which lead to this snapshot. */
  public static byte[] of(ServedSnapshot snapshot, Collection<RowChange> changes) {
    StringBuilder out = new StringBuilder(snapshot.header());
    List<RowChange> real = changes.stream().filter(c -> !c.before().equals(c.after())).toList();
    append(out, '-', real, RowChange::before);
    append(out, '+', real, RowChange::after);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(
      StringBuilder out,
      char sign,
      List<RowChange> changes,
      Function<RowChange, Optional<SnapshotRow>> side) {
    changes.stream()
        .flatMap(change -> side.apply(change).stream())
        .map(SnapshotRow::toString)
        .sorted()
        .forEach(row -> out.append(sign).append(row).append('\n'));
  }
}
