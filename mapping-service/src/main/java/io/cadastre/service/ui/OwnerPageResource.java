/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.event.Event;
import io.cadastre.service.registry.OwnerHistoryQueries;
import io.cadastre.service.registry.OwnerHistoryQueries.OwnerHistory;
import io.cadastre.service.rest.http.NameOrUid;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.ui.page.AllocationView;
import io.cadastre.service.ui.page.EventGroup;
import io.cadastre.service.ui.page.EventView;
import io.cadastre.service.ui.page.OwnerPage;
import io.cadastre.service.ui.page.OwnerPage.Held;
import io.cadastre.service.ui.page.OwnerPage.Known;
import io.cadastre.service.ui.page.OwnerPage.Line;
import io.cadastre.service.ui.page.Section;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Printable;
import io.cadastre.subid.SubidRow;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Who an owner is and was, with all ranges, and what nodes make of it. */
@Path(PageSide.ROOT + "/owners/{name}")
public final class OwnerPageResource {
  private static final int EVENTS = 200;

  private final Pages pages;
  private final OwnerHistoryQueries histories;

  OwnerPageResource(Pages pages, OwnerHistoryQueries histories) {
    this.pages = pages;
    this.histories = histories;
  }

  /** The owner with this name or uid, or the one of them with this stable ID. */
  @GET
  public Response owner(
      @Encoded @PathParam("name") NameOrUid owner,
      @QueryParam("stableId") Optional<String> stableId,
      @Context HttpServletRequest request) {
    OwnerHistory history = histories.of(owner.text(), stableId);
    AllocationView counting = AllocationView.of(history.counting());
    List<Event> newest = new ArrayList<>(history.events());
    Collections.reverse(newest);
    List<EventView> events = newest.stream().limit(EVENTS).map(EventView::of).toList();
    return pages.page(
        "owner",
        new OwnerPage(
            pages.frame(request, Section.NONE, "Owner " + counting.shownName()),
            counting,
            history.allocations().stream().map(a -> held(a, history.events())).toList(),
            names(history.events()),
            lines(history.counting()),
            EventGroup.of(events),
            newest.size() > EVENTS));
  }

  /** The names and uids that the events tell, oldest first; one row for each change of either. */
  static List<Known> names(List<Event> events) {
    List<Known> names = new ArrayList<>();
    for (Event event : events) {
      JsonNode after = event.after();
      String name = Printable.of(after.path("name").asText());
      String uid = after.path("uidNumber").asText();
      Known last = names.isEmpty() ? new Known("", "", "", "") : names.get(names.size() - 1);
      if (!name.isEmpty() && !(last.name().equals(name) && last.uid().equals(uid))) {
        if (!names.isEmpty()) {
          names.set(names.size() - 1, new Known(last.name(), last.uid(), last.from(), event.at()));
        }
        names.add(new Known(name, uid, event.at(), ""));
      }
    }
    return List.copyOf(names);
  }

  /** A range with the time of its first event, and of the one since which it is not active. */
  private static Held held(Allocation allocation, List<Event> events) {
    String from = "";
    String to = "";
    String state = "";
    for (Event event : events) {
      if (event.allocation().filter(allocation.id()::equals).isPresent()) {
        from = from.isEmpty() ? event.at() : from;
        String next = event.after().path("state").asText();
        to = next.equals(AllocationState.ACTIVE.word()) ? "" : next.equals(state) ? to : event.at();
        state = next;
      }
    }
    return new Held(AllocationView.of(allocation), from, to);
  }

  /** The lines of subuid(5) that a node has for an active allocation. */
  private static List<Line> lines(Allocation allocation) {
    String name = allocation.owner().name().value();
    return allocation.state() == AllocationState.ACTIVE
        ? List.of(
            new Line(
                "/etc/subuid", Printable.of(new SubidRow(name, allocation.uidRange()).toString())),
            new Line(
                "/etc/subgid", Printable.of(new SubidRow(name, allocation.gidRange()).toString())))
        : List.of();
  }
}
