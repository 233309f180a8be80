/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.registry.Audit;
import io.cadastre.service.registry.PoolCounts;
import io.cadastre.service.registry.PoolUsageQueries;
import io.cadastre.service.registry.StateQueries;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.ui.map.GrowthChart;
import io.cadastre.service.ui.page.OverviewPage;
import io.cadastre.service.ui.page.PoolBar;
import io.cadastre.service.ui.page.Section;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The first page: pools, and how the service is. */
@Path(PageSide.ROOT + "/overview")
public final class OverviewResource {
  private final Pages pages;
  private final PoolUsageQueries pools;
  private final StateQueries state;
  private final Audit audit;
  private final Clock clock;

  OverviewResource(
      Pages pages, PoolUsageQueries pools, StateQueries state, Audit audit, Clock clock) {
    this.pages = pages;
    this.pools = pools;
    this.state = state;
    this.audit = audit;
    this.clock = clock;
  }

  /** Pools as bars, and the facts about the service. */
  @GET
  public Response overview(@Context HttpServletRequest request) {
    return pages.page(
        "overview",
        new OverviewPage(
            pages.frame(request, Section.OVERVIEW, "Overview"),
            pools.all().stream().map(OverviewResource::bar).toList(),
            GrowthChart.of(pools.growth(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)),
            OverviewFacts.of(state.now(), audit.last(), clock.instant())));
  }

  private static PoolBar bar(PoolCounts counts) {
    return new PoolBar(
        counts.pool().name(),
        counts.pool().count(),
        counts.slots(),
        counts.used(),
        counts.retired(),
        counts.blocked(),
        counts.free(),
        counts.forecast());
  }
}
