/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** The ranges of a view in one of the two ID spaces, in every state, by their first IDs. */
public final class AllocatedRanges {
  private final PackedRows rows;
  private final RowIndex index;
  private final IdType type;

  /** Takes an allocated range. */
  public interface Work {
    /** Takes the range from {@code first} to {@code last}, both inclusive. */
    void accept(long first, long last, AllocationState state);
  }

  /** The ranges of this view. */
  public AllocatedRanges(LedgerView view, IdType type) {
    this.rows = view.rows();
    this.index = type == IdType.SUBUID ? view.bySubuid() : view.bySubgid();
    this.type = type;
  }

  /** Hands on the ranges that have an ID of {@code within}. Makes no object for each of them. */
  public void forEach(IdRange within, Work work) {
    visit(
        within,
        row -> {
          long first = rows.start(row, type);
          work.accept(first, first + rows.count(row, type) - 1, rows.state(row));
          return true;
        });
  }

  /** Returns the first allocations, at most {@code limit}, with an ID of {@code within}. */
  public List<Allocation> first(IdRange within, int limit) {
    List<Allocation> found = new ArrayList<>();
    visit(
        within,
        row -> {
          if (found.size() < limit) {
            found.add(rows.allocation(row));
          }
          return found.size() < limit;
        });
    return found;
  }

  private void visit(IdRange within, IntPredicate work) {
    // Ranges of one ID space never overlap, so their last IDs ascend as well.
    index.visit(
        row -> rows.start(row, type) + rows.count(row, type) <= within.start(),
        row -> rows.start(row, type) <= within.last() && work.test(row));
  }
}
