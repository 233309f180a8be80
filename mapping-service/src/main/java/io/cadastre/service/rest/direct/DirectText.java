/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.direct;

import io.cadastre.service.rest.http.AcceptEncoding.Coding;
import io.cadastre.service.rest.http.ResponseHeaders;
import io.cadastre.service.rest.http.TextAnswer;
import io.cadastre.service.rest.http.TextForm;
import io.cadastre.service.rest.text.EncodedText;
import io.cadastre.subid.EventHead;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * A text that nodes fetch, or 304.
 *
 * @param form the form that the client gets or has
 * @param head the value of {@link EventHead#FIELD}, if the answer has it
 */
record DirectText(EncodedText text, TextForm form, Optional<String> head) implements DirectAnswer {
  @Override
  public void write(HttpServletResponse response) throws IOException {
    response.setHeader("ETag", "\"" + form.tag() + "\"");
    response.setHeader("Vary", "Accept-Encoding");
    response.setHeader("Cache-Control", ResponseHeaders.REVALIDATE);
    response.setHeader("X-Content-Type-Options", "nosniff");
    head.ifPresent(value -> response.setHeader(EventHead.FIELD, value));
    if (form.isKnown()) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      response.flushBuffer(); // as NotModifiedWithoutLength does
      return;
    }
    if (form.coding() == Coding.GZIP) {
      response.setHeader("Content-Encoding", "gzip");
    }
    response.setContentType(TextAnswer.MEDIA_TYPE);
    response.setContentLength(form.length(text));
    form.write(text, response.getOutputStream());
  }
}
