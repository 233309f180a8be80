/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.rest.http;

import cadastre.service.rest.http.AcceptEncoding.Coding;
import cadastre.service.rest.text.EncodedText;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import java.util.Objects;

/**
 * Answers with a text in the coding that the client prefers, or with 304 if he has that very form
 * of it (RFC 9110 sections 12.5.3 and 13).
 */
public final class TextAnswer {
  /** Plain text, in the one charset there is. */
  public static final String MEDIA_TYPE = "text/plain;charset=utf-8";

  private TextAnswer() {}

  /** The answer to this request. */
  public static Response of(EncodedText text, Request request, HttpHeaders headers) {
    Coding coding =
        AcceptEncoding.choose(
                Objects.requireNonNullElse(
                    headers.getRequestHeader(HttpHeaders.ACCEPT_ENCODING), List.of()))
            .orElseThrow(
                () ->
                    new NotAcceptableException(
                        "Accept-Encoding excludes both gzip and identity, and there is nothing else"));
    EntityTag tag = new EntityTag(coding == Coding.GZIP ? text.gzipTag() : text.plainTag());
    ResponseBuilder unmet = request.evaluatePreconditions(tag);
    ResponseBuilder answer = unmet != null ? unmet : Response.ok(body(text, coding));
    if (unmet == null && coding == Coding.GZIP) {
      answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    return answer
        .tag(tag)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .header(HttpHeaders.CACHE_CONTROL, ResponseHeaders.REVALIDATE)
        .build();
  }

  private static byte[] body(EncodedText text, Coding coding) {
    return coding == Coding.GZIP ? text.gzip() : text.plain();
  }
}
