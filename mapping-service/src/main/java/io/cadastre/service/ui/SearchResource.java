/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.registry.OwnerHistoryQueries;
import io.cadastre.service.registry.OwnerQueries;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.rest.http.ParameterValue;
import io.cadastre.service.ui.page.AllocationView;
import io.cadastre.service.ui.page.Frame;
import io.cadastre.service.ui.page.SearchPage;
import io.cadastre.service.ui.page.SearchPage.Hit;
import io.cadastre.service.ui.page.Section;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Printable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One box for names, former names, uids and subordinate IDs, now and at a moment. */
@Path(PageSide.ROOT + "/search")
public final class SearchResource {
  private static final int MOST_DIGITS = 10;

  /** "1001127999 on 2026-03-03", "1001127999 on 3 March": no name has a space. */
  private static final Pattern DATED =
      Pattern.compile(
          "(\\S+)\\s+(?:on|at|@)\\s+"
              + "([0-9]{4}-[0-9]{2}-[0-9]{2}\\S*|[0-9]{1,2}\\s+[A-Za-z]+(?:\\s+[0-9]{4})?)");

  private final Pages pages;
  private final OwnerQueries owners;
  private final OwnerHistoryQueries histories;
  private final Clock clock;

  SearchResource(Pages pages, OwnerQueries owners, OwnerHistoryQueries histories, Clock clock) {
    this.pages = pages;
    this.owners = owners;
    this.histories = histories;
    this.clock = clock;
  }

  /** All that the text can mean: a number is a uid, a subuid and a subgid. */
  @GET
  public Response search(
      @DefaultValue("") @QueryParam("q") String text,
      @QueryParam("at") Optional<Instant> at,
      @Context HttpServletRequest request) {
    Matcher dated = DATED.matcher(text.strip());
    String asked = dated.matches() ? dated.group(1) : text.strip();
    Optional<Instant> moment =
        (dated.matches() ? Optional.of(DayInWords.moment(dated.group(2), clock.instant())) : at)
            .map(time -> ParameterValue.past(time, clock));
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    if (!asked.isEmpty() && asked.chars().allMatch(c -> c >= '0' && c <= '9')) {
      number(asked, moment, found);
    } else if (!asked.isEmpty()) {
      name(asked, moment, found);
    }
    Frame frame =
        pages
            .frame(request, Section.NONE, "Search")
            .searching(asked, moment.map(Instant::toString).orElse(""));
    return pages.page(
        "search",
        new SearchPage(
            frame,
            Printable.of(asked),
            moment.map(Instant::toString).orElse(""),
            found.hits(),
            found.notes()));
  }

  private record Found(List<Hit> hits, List<String> notes) {
    void add(String why, Allocation allocation) {
      hits.add(new Hit(why, AllocationView.of(allocation)));
    }
  }

  private void number(String digits, Optional<Instant> at, Found found) {
    if (digits.length() > MOST_DIGITS || Long.parseLong(digits) > IdRange.MAX_ID) {
      found
          .notes()
          .add(
              "%s is no uid and no subordinate ID: they end at %d"
                  .formatted(digits, IdRange.MAX_ID));
      return;
    }
    long id = Long.parseLong(digits);
    Optional<Allocation> subuid = holder(IdType.SUBUID, id, at, found);
    Optional<Allocation> subgid = holder(IdType.SUBGID, id, at, found);
    if (subuid.isPresent() && subuid.equals(subgid)) {
      found.add("has the subordinate ID " + id + place(subuid.get().uidRange(), id), subuid.get());
    } else {
      subuid.ifPresent(a -> found.add("has the subuid " + id + place(a.uidRange(), id), a));
      subgid.ifPresent(a -> found.add("has the subgid " + id + place(a.gidRange(), id), a));
    }
    if (at.isEmpty()) {
      known(digits)
          .ifPresent(
              a ->
                  found.add(
                      a.owner().uidNumber() == id
                          ? "has the uid " + digits
                          : "had the uid %s before".formatted(digits),
                      a));
    } else {
      histories
          .withUidAt(id, at.get())
          .forEach(a -> found.add("had the uid %s at that moment".formatted(digits), a));
    }
  }

  private static String place(IdRange range, long id) {
    return ", which is %d inside a container".formatted(id - range.start() + 1);
  }

  private Optional<Allocation> holder(IdType type, long id, Optional<Instant> at, Found found) {
    try {
      return Optional.of(owners.holder(type, id, at));
    } catch (Refused e) {
      if (e.code() == RefusalCode.UNOWNED_ID) {
        return Optional.empty();
      }
      found.notes().add(Printable.of(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private Optional<Allocation> known(String nameOrUid) {
    try {
      return Optional.of(owners.owner(nameOrUid));
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  private void name(String text, Optional<Instant> at, Found found) {
    try {
      OwnerName name = new OwnerName(text);
      if (at.isPresent()) {
        histories.namedAt(text, at.get()).forEach(a -> found.add("had the name at that moment", a));
      } else {
        histories
            .everNamed(text)
            .forEach(
                a ->
                    found.add(
                        a.owner().name().equals(name) ? "has the name" : "had the name before", a));
      }
    } catch (NameRefused e) {
      found.notes().add(Printable.of(String.valueOf(e.getMessage())));
    }
  }
}
