/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.direct;

import com.fasterxml.jackson.databind.ObjectWriter;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.rest.http.ResponseHeaders;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * An allocation and its owner.
 *
 * @param writer writes the record
 */
record DirectJson(ObjectWriter writer, HoldingJson holding) implements DirectAnswer {
  @Override
  public void write(HttpServletResponse response) throws IOException {
    byte[] body = writer.writeValueAsBytes(holding);
    response.setContentType("application/json");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", ResponseHeaders.NOT_KEPT);
    // With a known length body and fields leave in one write.
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
