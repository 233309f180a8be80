/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.registry.RunningWork;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.ui.page.ProgressPage;
import io.cadastre.service.ui.page.Section;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Long work of this process, while it runs and for a while after. */
@Path(PageSide.ROOT + "/progress")
public final class ProgressResource {
  private final Pages pages;
  private final RunningWork works;

  ProgressResource(Pages pages, RunningWork works) {
    this.pages = pages;
    this.works = works;
  }

  /** The page; a browser without scripts loads it again by its link. */
  @GET
  public Response progress(@Context HttpServletRequest request) {
    return pages.page("progress", page(request));
  }

  /** The part of the page that a script fetches again. */
  @GET
  @Path("rows")
  public Response rows(@Context HttpServletRequest request) {
    return pages.page("works", page(request));
  }

  private ProgressPage page(HttpServletRequest request) {
    List<RunningWork.Shown> all = works.all();
    return new ProgressPage(
        pages.frame(request, Section.PROGRESS, "Progress"),
        all.stream().map(ProgressPage.Row::of).toList(),
        all.stream().anyMatch(each -> each.end().isEmpty()));
  }
}
