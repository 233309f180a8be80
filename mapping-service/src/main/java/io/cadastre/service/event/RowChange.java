/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.SnapshotRow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The change of an allocation's row in the snapshot between two serials.
 *
 * @param before the row at the first serial, if there was one
 * @param after the row at the last serial, if there is one
 */
public record RowChange(Optional<SnapshotRow> before, Optional<SnapshotRow> after) {

  /** The change of each allocation's row by these events, which are in order. */
  public static Collection<RowChange> of(List<Event> events) {
    Map<UUID, RowChange> changes = new LinkedHashMap<>();
    for (Event event : events) {
      RowChange one = new RowChange(event.before().flatMap(RowChange::row), row(event.after()));
      changes.merge(
          event.allocation().orElseThrow(),
          one,
          (first, last) -> new RowChange(first.before(), last.after()));
    }
    return changes.values();
  }

  private static Optional<SnapshotRow> row(JsonNode state) {
    return shown(EventJson.value(state, AllocationRecord.class).toAllocation());
  }

  /** The row of an allocation in the snapshot; empty unless the allocation is active. */
  public static Optional<SnapshotRow> shown(Allocation allocation) {
    return allocation.state() == AllocationState.ACTIVE
        ? Optional.of(SnapshotRow.of(allocation))
        : Optional.empty();
  }
}
