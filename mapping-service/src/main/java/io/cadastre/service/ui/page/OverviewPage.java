/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import io.cadastre.service.ui.map.GrowthChart;
import java.util.List;

/**
 * The first page.
 *
 * @param growth the allocations over time
 * @param facts how the service is
 */
public record OverviewPage(Frame frame, List<PoolBar> pools, GrowthChart growth, List<Fact> facts) {
  /** Copies the lists. */
  public OverviewPage {
    pools = List.copyOf(pools);
    facts = List.copyOf(facts);
  }

  /**
   * A fact about the service.
   *
   * @param tone the class of its tag: info, warning or error
   * @param word what the tag says
   * @param text the fact
   * @param link a page with more; empty for none
   */
  public record Fact(String title, String tone, String word, String text, String link) {}
}
