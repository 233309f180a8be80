/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.rest.http.AcceptEncoding.Coding;
import io.cadastre.service.rest.text.EncodedText;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import java.util.Objects;

/**
 * Answers with a text in the coding that the client prefers, or with 304 if the client has that
 * form of it (RFC 9110 sections 12.5.3 and 13).
 *
 * <p>{@code Request.evaluatePreconditions} and {@code selectVariant} are not used: they answer 400
 * to an entity tag without quotes and to a malformed weight, which {@link EntityTags} and {@link
 * AcceptEncoding} pass over.
 */
public final class TextAnswer {
  /** Plain text in UTF-8. */
  public static final String MEDIA_TYPE = "text/plain;charset=utf-8";

  private TextAnswer() {}

  /** The answer to a GET or HEAD with these headers. */
  public static Response of(EncodedText text, HttpHeaders headers) {
    Coding coding =
        AcceptEncoding.choose(fields(headers, HttpHeaders.ACCEPT_ENCODING))
            .orElseThrow(
                () ->
                    new ClientErrorException(
                        "Accept-Encoding excludes both gzip and identity, and there is nothing else",
                        406));
    String tag = coding == Coding.GZIP ? text.gzipTag() : text.plainTag();
    return answer(text, coding, tag, headers)
        .tag(new EntityTag(tag))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .header(HttpHeaders.CACHE_CONTROL, ResponseHeaders.REVALIDATE)
        .build();
  }

  private static ResponseBuilder answer(
      EncodedText text, Coding coding, String tag, HttpHeaders headers) {
    EntityTags match = new EntityTags(fields(headers, HttpHeaders.IF_MATCH));
    if (match.isPresent() && !match.haveStrongly(tag)) {
      throw new ClientErrorException("the present entity tag is not among those of If-Match", 412);
    }
    if (new EntityTags(fields(headers, HttpHeaders.IF_NONE_MATCH)).haveWeakly(tag)) {
      return Response.notModified();
    }
    byte[] bytes = bytes(text, coding);
    // Jersey omits the length of a body that its buffer does not hold.
    ResponseBuilder body = Response.ok(bytes).header(HttpHeaders.CONTENT_LENGTH, bytes.length);
    return coding == Coding.GZIP ? body.header(HttpHeaders.CONTENT_ENCODING, "gzip") : body;
  }

  private static byte[] bytes(EncodedText text, Coding coding) {
    return coding == Coding.GZIP ? text.gzip() : text.plain();
  }

  private static List<String> fields(HttpHeaders headers, String name) {
    return Objects.requireNonNullElse(headers.getRequestHeader(name), List.of());
  }
}
