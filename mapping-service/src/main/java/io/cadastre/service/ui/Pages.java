/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.rest.http.AccessFilter;
import io.cadastre.service.rest.http.ApiPath;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.rest.http.SessionCookie;
import io.cadastre.service.ui.page.Assets;
import io.cadastre.service.ui.page.Frame;
import io.cadastre.service.ui.page.ProblemPage;
import io.cadastre.service.ui.page.Section;
import io.cadastre.service.ui.page.Templates;
import io.cadastre.service.ui.session.Sessions;
import io.cadastre.subid.Printable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;

/**
 * Makes the answers of all pages: their frame, and what a template makes of a record. Thread-safe.
 */
public final class Pages {
  private final ApiPath paths;
  private final Sessions sessions;
  private final Assets assets = Assets.load();
  private final Templates templates = new Templates();

  /** Pages behind these paths, for people with these sessions. */
  public Pages(ApiPath paths, Sessions sessions) {
    this.paths = paths;
    this.sessions = sessions;
  }

  /** The frame of a page for the person who asks. */
  public Frame frame(HttpServletRequest request, Section section, String title) {
    return new Frame(
        paths.prefix() + PageSide.ROOT,
        title,
        section,
        AccessFilter.known(request),
        sessions.formToken(SessionCookie.of(request)),
        "",
        "",
        assets);
  }

  /** The answer with a page. */
  public Response page(String template, Record page) {
    return page(200, template, page);
  }

  /** The answer with a page and another status than 200. */
  public Response page(int status, String template, Record page) {
    return Response.status(status)
        .type(PageSide.HTML)
        .entity(templates.fill(template, page))
        .build();
  }

  /** Leads on to another page by a GET: the answer to a form, so that a reload sends it no more. */
  public Response seeOther(String path) {
    return Response.seeOther(URI.create(paths.prefix() + path)).build();
  }

  /** The page of a problem. */
  public String problem(PageSide.Shown shown) {
    Frame frame =
        new Frame(
            paths.prefix() + PageSide.ROOT,
            shown.problem().title(),
            Section.NONE,
            shown.principal(),
            sessions.formToken(shown.session()),
            "",
            "",
            assets);
    return templates.fill(
        "problem",
        new ProblemPage(
            frame,
            shown.problem().status(),
            shown.problem().title(),
            Printable.of(shown.problem().detail()),
            shown.problem().requestId().orElse("")));
  }

  /** A file of the pages; empty for a name that none has. */
  Optional<Assets.Asset> file(String name) {
    return assets.file(name);
  }
}
