/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.util.List;

/**
 * What a search has found.
 *
 * @param text what was searched; empty before the first search
 * @param at the moment that was searched; empty for now
 * @param hits the owners, the likeliest first
 * @param notes why something cannot be told
 */
public record SearchPage(Frame frame, String text, String at, List<Hit> hits, List<String> notes) {
  /** Copies the lists. */
  public SearchPage {
    hits = List.copyOf(hits);
    notes = List.copyOf(notes);
  }

  /** How many owners were found, in words: one can be found several times. */
  public String counted() {
    long owners = hits.stream().map(hit -> hit.allocation().stableId()).distinct().count();
    return owners == 0 ? "Nothing" : owners == 1 ? "1 owner" : owners + " owners";
  }

  /**
   * An owner.
   *
   * @param why what of the search this owner has
   * @param allocation the allocation, as it is or was at that moment
   */
  public record Hit(String why, AllocationView allocation) {}
}
