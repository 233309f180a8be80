/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.event.EventConditions;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.registry.AuditLogQueries;
import io.cadastre.service.registry.EventOwner;
import io.cadastre.service.registry.EventPage;
import io.cadastre.service.rest.http.EventParameters;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.rest.text.EventCsv;
import io.cadastre.service.ui.page.EventGroup;
import io.cadastre.service.ui.page.EventView;
import io.cadastre.service.ui.page.EventsPage;
import io.cadastre.service.ui.page.Section;
import io.cadastre.subid.OwnerName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The audit log, newest first. Every filter is a parameter of the address. */
@Path(PageSide.EVENTS)
public final class EventPagesResource {
  private static final int ROWS = 50;

  private final Pages pages;
  private final AuditLogQueries events;

  EventPagesResource(Pages pages, AuditLogQueries events) {
    this.pages = pages;
    this.events = events;
  }

  /** A page of the events that meet the conditions. */
  @GET
  public Response page(
      @QueryParam("owner") Optional<OwnerName> owner,
      @QueryParam("stableId") Optional<String> stableId,
      @QueryParam("actor") Optional<String> actor,
      @QueryParam("kind") Optional<String> kind,
      @QueryParam("request") Optional<String> ofRequest,
      @QueryParam("from") Optional<Instant> from,
      @QueryParam("to") Optional<Instant> to,
      @QueryParam("before") Optional<Long> before,
      @Context HttpServletRequest request) {
    EventConditions conditions = EventParameters.conditions(from, to, actor, kind, ofRequest);
    EventPage page =
        events.before(
            before.orElse(Long.MAX_VALUE), new EventOwner(owner, stableId), conditions, ROWS);
    Map<String, String> filters = new LinkedHashMap<>();
    filters.put("owner", owner.map(OwnerName::value).orElse(""));
    filters.put("stableId", stableId.orElse(""));
    filters.put("actor", actor.orElse(""));
    filters.put("kind", kind.orElse(""));
    filters.put("request", ofRequest.orElse(""));
    filters.put("from", from.map(Instant::toString).orElse(""));
    filters.put("to", to.map(Instant::toString).orElse(""));
    return pages.page(
        "events",
        new EventsPage(
            pages.frame(request, Section.EVENTS, "Events"),
            filters,
            Stream.of(EventKind.values()).map(EventKind::word).toList(),
            EventGroup.of(page.events().stream().map(EventView::of).toList()),
            page.next().map(number -> with(filters, number)),
            page.next().isPresent() && page.events().size() < ROWS));
  }

  private static Map<String, String> with(Map<String, String> filters, long before) {
    Map<String, String> all = new LinkedHashMap<>(filters);
    all.put("before", Long.toString(before));
    return all;
  }

  /** All events that meet the conditions, oldest first, as the REST interface exports them. */
  @GET
  @Path("csv")
  public Response export(
      @QueryParam("owner") Optional<OwnerName> owner,
      @QueryParam("stableId") Optional<String> stableId,
      @QueryParam("actor") Optional<String> actor,
      @QueryParam("kind") Optional<String> kind,
      @QueryParam("request") Optional<String> ofRequest,
      @QueryParam("from") Optional<Instant> from,
      @QueryParam("to") Optional<Instant> to) {
    return EventCsv.answer(
        events,
        0,
        new EventOwner(owner, stableId),
        EventParameters.conditions(from, to, actor, kind, ofRequest),
        Integer.MAX_VALUE);
  }
}
