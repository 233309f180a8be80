/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.attack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A request that was made from an operation of an OpenAPI document, with or without faults.
 *
 * @param method the method that is sent
 * @param template the path of the operation, as the document has it
 * @param target the path and query that are sent
 * @param credential a word for the credential that is sent
 * @param headers header lines
 * @param body empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are no text; no two requests are compared
public record GeneratedRequest(
    String method,
    String template,
    String target,
    String credential,
    List<String> headers,
    byte[] body) {

  /**
   * Returns the bytes on the wire.
   *
   * @param authorization the value of Authorization, if there is to be one
   */
  public byte[] bytes(Optional<String> authorization) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nConnection: close\r\n");
    authorization.ifPresent(value -> head.append("Authorization: ").append(value).append("\r\n"));
    headers.forEach(line -> head.append(line).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((head + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }

  /** Whether a service may change something for this request, if it accepts it. */
  public boolean mayChange() {
    return !method.equals("GET") && !method.equals("HEAD") && !target.contains("dryRun=true");
  }

  @Override
  public String toString() {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    return "%s %s (%s) as %s %s %d bytes: %s"
        .formatted(
            method,
            target,
            template,
            credential,
            headers,
            body.length,
            text.length() > 500 ? text.substring(0, 500) + "..." : text);
  }
}
