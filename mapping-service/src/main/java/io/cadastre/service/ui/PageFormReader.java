/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.rest.http.SessionCookie;
import io.cadastre.service.ui.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a form, and refuses one that does not carry the token of the session that sends it: a page
 * of another origin can send a form, and cannot know the token. Thread-safe.
 */
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class PageFormReader implements MessageBodyReader<PageForm> {
  private final Sessions sessions;

  /** Jersey sets it: a proxy of the request that the thread serves. */
  @Context private @Nullable HttpServletRequest request;

  /** Jersey sets it, as the request. */
  @Context private @Nullable UriInfo uri;

  PageFormReader(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == PageForm.class;
  }

  @Override
  public PageForm readFrom(
      Class<PageForm> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    PageForm form = new PageForm(fields(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
    Optional<String> session = Optional.ofNullable(request).flatMap(SessionCookie::of);
    String token = form.text(PageForm.TOKEN).orElse("");
    if (!sessions.isOwnForm(session, token) && !isSignIn(token)) {
      throw new Refused(
          RefusalCode.FORGED_FORM,
          "the form does not carry the token of this session: it comes from another page, or from"
              + " before the last sign-in or restart. Nothing was done; go back, load the page"
              + " again and send the form once more");
    }
    return form;
  }

  /**
   * Whether it is the form for signing in, made for nobody: behind a link of another site the
   * browser keeps the cookie of an older session back, and then sends it with the form.
   */
  private boolean isSignIn(String token) {
    return Optional.ofNullable(uri)
        .filter(each -> PageSide.SIGN_IN.equals("/" + each.getPath()))
        .filter(each -> sessions.isOwnForm(Optional.empty(), token))
        .isPresent();
  }

  /** The fields of application/x-www-form-urlencoded text. */
  static Map<String, List<String>> fields(String text) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields
            .computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>())
            .add(decoded(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refused(
          RefusalCode.BAD_REQUEST, "the form has a '%' without two hexadecimal digits after it");
    }
  }
}
