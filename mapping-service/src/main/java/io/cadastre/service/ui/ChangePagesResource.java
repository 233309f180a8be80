/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.event.AllocationRecord;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.registry.PlannedChange;
import io.cadastre.service.registry.PlannedChange.AsShown;
import io.cadastre.service.registry.PlannedChange.DryRunOnly;
import io.cadastre.service.registry.PlannedChange.Mode;
import io.cadastre.service.registry.PoolUsageQueries;
import io.cadastre.service.rest.http.Callers;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.rest.http.ParameterValue;
import io.cadastre.service.ui.page.AllocationView;
import io.cadastre.service.ui.page.ChangeKind;
import io.cadastre.service.ui.page.ChangePage;
import io.cadastre.service.ui.page.ChangePage.Shown;
import io.cadastre.service.ui.page.ChangesPage;
import io.cadastre.service.ui.page.Difference;
import io.cadastre.service.ui.page.Frame;
import io.cadastre.service.ui.page.Section;
import io.cadastre.subid.Printable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes by admins. A change is shown by a dry run first; the confirmation carries what was shown,
 * and makes that or nothing.
 */
@Path(PageSide.ROOT + "/changes")
public final class ChangePagesResource {
  /** Fields that the change itself will draw: those of the dry run are others. */
  private static final Set<String> DRAWN_ANEW = Set.of("allocation", "serial");

  private final Pages pages;
  private final OwnerChangeForm changes;
  private final PoolUsageQueries pools;
  private final ObjectMapper mapper;

  ChangePagesResource(
      Pages pages, OwnerChangeForm changes, PoolUsageQueries pools, ObjectMapper mapper) {
    this.pages = pages;
    this.changes = changes;
    this.pools = pools;
    this.mapper = mapper;
  }

  /** The changes to choose from. */
  @GET
  public Response all(@Context HttpServletRequest request) {
    return pages.page(
        "changes",
        new ChangesPage(
            pages.frame(request, Section.CHANGES, "Changes"), List.of(ChangeKind.values())));
  }

  /** The form of a change. */
  @GET
  @Path("{kind}")
  public Response form(
      @PathParam("kind") String word,
      @QueryParam("owner") Optional<String> owner,
      @QueryParam("stableId") Optional<String> stableId,
      @Context HttpServletRequest request) {
    Map<String, String> fields = new LinkedHashMap<>();
    owner.ifPresent(name -> fields.put("owner", name));
    stableId.ifPresent(id -> fields.put(OwnerChangeForm.OWNER_ID, id));
    return page(kind(word), fields, Optional.empty(), Optional.empty(), 200, request);
  }

  /** What the change would do. It is a question, so its answer leads nowhere. */
  @POST
  @Path("{kind}/preview")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response preview(
      @PathParam("kind") String word, PageForm form, @Context HttpServletRequest request) {
    return shown(kind(word), form, Optional.empty(), 200, request);
  }

  private Response shown(
      ChangeKind kind,
      PageForm form,
      Optional<String> note,
      int status,
      HttpServletRequest request) {
    try {
      PlannedChange change = run(kind, form, new DryRunOnly(), request);
      return page(kind, form.all(), note, Optional.of(shown(change)), status, request);
    } catch (Refused e) {
      String why = Printable.of(String.valueOf(e.getMessage()));
      return page(kind, form.all(), Optional.of(why), Optional.empty(), 409, request);
    }
  }

  /** Makes the change that was shown, and leads to the owner. */
  @POST
  @Path("{kind}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response confirm(
      @PathParam("kind") String word, PageForm form, @Context HttpServletRequest request) {
    ChangeKind kind = kind(word);
    try {
      PlannedChange done = run(kind, form, new AsShown(form.required("shown")), request);
      return pages.seeOther(
          PageSide.ROOT
              + Frame.ownerPath(
                  done.after().owner().name().value(), done.after().owner().stableId()));
    } catch (Refused e) {
      String why = Printable.of(String.valueOf(e.getMessage()));
      return shown(kind, form, Optional.of(why), 409, request);
    }
  }

  private PlannedChange run(ChangeKind kind, PageForm form, Mode mode, HttpServletRequest request) {
    return changes.run(
        kind, form, mode, Callers.page(request, Optional.of(form.required("reason"))));
  }

  private Shown shown(PlannedChange change) {
    return new Shown(
        false,
        change.fingerprint(),
        AllocationView.of(change.before()),
        AllocationView.of(change.after()),
        Difference.of(
                Optional.of(mapper.valueToTree(AllocationRecord.of(change.before()))),
                Optional.of(mapper.valueToTree(AllocationRecord.of(change.after()))))
            .stream()
            .filter(each -> !DRAWN_ANEW.contains(each.field()))
            .toList());
  }

  private Response page(
      ChangeKind kind,
      Map<String, String> fields,
      Optional<String> note,
      Optional<Shown> shown,
      int status,
      HttpServletRequest request) {
    return pages.page(
        status,
        "change",
        new ChangePage(
            pages.frame(request, Section.CHANGES, kind.title()),
            kind,
            fields,
            pools.all().stream().map(counts -> counts.pool().name()).toList(),
            changes.callerSays(),
            note,
            shown));
  }

  private static ChangeKind kind(String word) {
    return ChangeKind.of(word)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "there is no change %s".formatted(ParameterValue.shown(word))));
  }
}
