/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.rest.http.AcceptEncoding.Coding;
import io.cadastre.service.rest.text.CurrentSnapshot;
import io.cadastre.service.rest.text.EncodedText;
import io.cadastre.service.rest.text.SnapshotCache;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Objects;

/**
 * Answers with a text in the coding that the client prefers, or with 304 if the client has that
 * form of it: {@link TextForm}.
 */
public final class TextAnswer {
  /** Plain text in UTF-8. */
  public static final String MEDIA_TYPE = "text/plain;charset=utf-8";

  private TextAnswer() {}

  /** The answer to a GET or HEAD with these headers. */
  public static Response of(EncodedText text, HttpHeaders headers) {
    return of(
        text,
        TextForm.of(
            text,
            fields(headers, HttpHeaders.ACCEPT_ENCODING),
            fields(headers, HttpHeaders.IF_MATCH),
            fields(headers, HttpHeaders.IF_NONE_MATCH)));
  }

  /** The answer with the present snapshot to a GET or HEAD with these headers. */
  public static Response of(SnapshotCache snapshots, HttpHeaders headers) {
    SnapshotForm chosen =
        SnapshotForm.of(
            snapshots,
            fields(headers, HttpHeaders.ACCEPT_ENCODING),
            fields(headers, HttpHeaders.IF_MATCH),
            fields(headers, HttpHeaders.IF_NONE_MATCH));
    CurrentSnapshot current = chosen.current();
    return current.headed(of(current.served().text(), chosen.form()));
  }

  private static Response of(EncodedText text, TextForm form) {
    return answer(text, form)
        .tag(new EntityTag(form.tag()))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .header(HttpHeaders.CACHE_CONTROL, ResponseHeaders.REVALIDATE)
        .build();
  }

  private static ResponseBuilder answer(EncodedText text, TextForm form) {
    if (form.isKnown()) {
      return Response.notModified();
    }
    StreamingOutput written = out -> form.write(text, out);
    // Jersey omits the length of a body that its buffer does not hold.
    ResponseBuilder body =
        Response.ok(written).header(HttpHeaders.CONTENT_LENGTH, form.length(text));
    return form.coding() == Coding.GZIP ? body.header(HttpHeaders.CONTENT_ENCODING, "gzip") : body;
  }

  private static List<String> fields(HttpHeaders headers, String name) {
    return Objects.requireNonNullElse(headers.getRequestHeader(name), List.of());
  }
}
