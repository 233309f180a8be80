/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.registry.PoolCounts;
import io.cadastre.service.registry.PoolUsageQueries;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.ui.page.OverviewPage;
import io.cadastre.service.ui.page.PoolBar;
import io.cadastre.service.ui.page.Section;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;

/** The first page. */
@Path(PageSide.ROOT + "/overview")
public final class OverviewResource {
  private final Pages pages;
  private final PoolUsageQueries pools;

  OverviewResource(Pages pages, PoolUsageQueries pools) {
    this.pages = pages;
    this.pools = pools;
  }

  /** Pools, growth, health. */
  @GET
  public Response overview(@Context HttpServletRequest request) {
    return pages.page(
        "overview",
        new OverviewPage(
            pages.frame(request, Section.OVERVIEW, "Overview"),
            pools.all().stream().map(OverviewResource::bar).toList()));
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
        counts.fullOn().map(LocalDate::toString));
  }
}
