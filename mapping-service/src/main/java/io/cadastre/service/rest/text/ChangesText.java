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
 * Renders the changes since a serial: the header of the new snapshot, then {@code -row} for each
 * row that was removed and {@code +row} for each that was added. A client applies them and sorts
 * the rows as unsigned bytes. If the rows do not match the digest in the header, it must fetch the
 * snapshot.
 */
public final class ChangesText {
  private ChangesText() {}

  /** The text of these changes, which result in this snapshot. */
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
