/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.access.Unauthenticated;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.rest.http.Refusals;
import io.cadastre.service.rest.http.RequestRates;
import io.cadastre.service.rest.http.SessionCookie;
import io.cadastre.service.ui.page.Section;
import io.cadastre.service.ui.page.SignInPage;
import io.cadastre.service.ui.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way in and out: sign-in, sign-out, the files of the pages, and where "/" leads. */
@Path("/")
public final class EntranceResource {
  private static final Logger LOG = LoggerFactory.getLogger(EntranceResource.class);
  private static final String FIRST = PageSide.ROOT + "/overview";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final Pages pages;
  private final Sessions sessions;
  private final boolean open;
  private final RequestRates rates;
  private final Refusals refusals;

  /**
   * The way in.
   *
   * @param open whether everyone may do everything, so that nobody signs in
   */
  EntranceResource(
      Pages pages, Sessions sessions, boolean open, RequestRates rates, Refusals refusals) {
    this.pages = pages;
    this.sessions = sessions;
    this.open = open;
    this.rates = rates;
    this.refusals = refusals;
  }

  /** Leads to the first page. */
  @GET
  public Response root() {
    return pages.seeOther(FIRST);
  }

  /** Leads to the first page. */
  @GET
  @Path("ui")
  public Response first() {
    return pages.seeOther(FIRST);
  }

  /** A file under a name with its digest, which a browser may keep. */
  @GET
  @Path("ui/static/{file}")
  public Response file(@PathParam("file") String file) {
    return pages
        .file(file)
        .map(
            asset ->
                Response.ok(asset.bytes(), asset.mediaType())
                    .header(HttpHeaders.CACHE_CONTROL, FOR_EVER)
                    .build())
        .orElseThrow(() -> new NotFoundException("there is no such file; load the page again"));
  }

  /** The form for a token. */
  @GET
  @Path("ui/sign-in")
  public Response form(
      @DefaultValue(FIRST) @QueryParam("to") String to,
      @DefaultValue("false") @QueryParam("ended") boolean ended,
      @DefaultValue("false") @QueryParam("out") boolean out,
      @Context HttpServletRequest request) {
    if (open) {
      return pages.seeOther(FIRST);
    }
    Optional<String> note =
        ended
            ? Optional.of(
                "Your session has ended. A session ends after 8 hours, with its token, and when the"
                    + " service restarts.")
            : out ? Optional.of("You are signed out.") : Optional.empty();
    return page(200, to, note, Optional.empty(), request);
  }

  /** Begins a session, and leads to the page that was asked for. */
  @POST
  @Path("ui/sign-in")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response signIn(PageForm form, @Context HttpServletRequest request) {
    String to = form.text("to").filter(EntranceResource::isPage).orElse(FIRST);
    if (open) {
      return pages.seeOther(FIRST);
    }
    try {
      Sessions.Begun begun = sessions.begin(form.text("token").map(String::strip).orElse(""));
      SessionCookie.of(request).ifPresent(sessions::end);
      LOG.info("{} signs in from {}", begun.principal().name(), request.getRemoteAddr());
      return Response.fromResponse(pages.seeOther(to))
          .header(HttpHeaders.SET_COOKIE, SessionCookie.set(request, begun.secret()))
          .build();
    } catch (Unauthenticated e) {
      String why =
          refusals.note(request, RefusalCode.UNAUTHENTICATED, String.valueOf(e.getMessage()));
      Optional<RequestRates.Excess> excess = rates.ofFailure(request.getRemoteAddr());
      return page(
          excess.isPresent() ? 429 : 401,
          to,
          Optional.empty(),
          Optional.of(
              excess
                  .map(
                      each ->
                          "too many requests come from %s; try again in %d s"
                              .formatted(each.source(), each.pause().toSeconds() + 1))
                  .orElse(why)),
          request);
    }
  }

  /** Ends the session. */
  @POST
  @Path("ui/sign-out")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response signOut(PageForm form, @Context HttpServletRequest request) {
    SessionCookie.of(request).ifPresent(sessions::end);
    return Response.fromResponse(pages.seeOther(PageSide.SIGN_IN + "?out=true"))
        .header(HttpHeaders.SET_COOKIE, SessionCookie.clear(request))
        .build();
  }

  private Response page(
      int status,
      String to,
      Optional<String> note,
      Optional<String> refusal,
      HttpServletRequest request) {
    return pages.page(
        status,
        "sign-in",
        new SignInPage(
            pages.frame(request, Section.NONE, "Sign in"), isPage(to) ? to : FIRST, note, refusal));
  }

  /** Whether a path is one of this registry: nobody is led elsewhere after a sign-in. */
  private static boolean isPage(String to) {
    return to.startsWith(PageSide.ROOT + "/")
        && to.chars().allMatch(c -> c > ' ' && c < 0x7F && "\\\"<>^`{|}".indexOf(c) < 0)
        && isUri(to);
  }

  private static boolean isUri(String text) {
    try {
      return !new URI(text).getRawPath().isEmpty();
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
