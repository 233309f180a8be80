/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each status of the HTTP server's own is a problem document with a stable type. */
class ProtocolTest {
  @TempDir static Path directory;
  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.ofCaller(directory);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /v1/%zz HTTP/1.1~Host: localhost | 400 | bad-request",
        "GET /v1/%00 HTTP/1.1~Host: localhost | 400 | bad-request",
        "GET /v1//pools HTTP/1.1~Host: localhost | 400 | bad-request",
        "GET /v1/pools HTTP/1.1~Host: a b | 400 | bad-request",
        "GET /v1/pools HTTP/1.1~Host: localhost~ Folded: y | 400 | bad-request",
        "PUT /v1/owners/x HTTP/1.1~Host: localhost~Content-Length: -1 | 400 | bad-request",
        "PUT /v1/owners/x HTTP/1.1~Host: localhost~Transfer-Encoding: foo | 400 | bad-request",
        "PUT /v1/owners/x HTTP/1.0~Host: localhost~Transfer-Encoding: chunked | 400 | bad-request",
        "GET /nope HTTP/1.1~Host: localhost~Accept: text/html | 404 | not-found",
        "OPTIONS * HTTP/1.1~Host: localhost | 404 | not-found",
        "CONNECT example.org:443 HTTP/1.1~Host: localhost | 405 | method-not-allowed",
        "TRACE /v1/pools HTTP/1.1~Host: localhost | 405 | method-not-allowed",
        "BREW /v1/pools HTTP/1.1~Host: localhost | 405 | method-not-allowed",
        "get /v1/pools HTTP/1.1~Host: localhost | 405 | method-not-allowed",
        "GET /v1/pools HTTP/1.1~Host: localhost~Accept: text/html | 406 | not-acceptable",
        "GET /v1/snapshot HTTP/1.1~Host: localhost~If-Match: \"x\" | 412 | precondition-failed",
        "PUT /v1/owners/x HTTP/1.1~Host: localhost~Content-Type: a/b~Content-Length: 2~~{} | 415 | unsupported-media-type",
        "PUT /v1/owners/x HTTP/1.1~Host: localhost~Content-Type: application/json~Content-Encoding: br~Content-Length: 2~~{} | 415 | unsupported-media-type",
        "PUT /v1/owners/x HTTP/1.1~Host: localhost~Expect: tea~Content-Length: 2~~{} | 417 | expectation-failed",
        "GET /v1/pools HTTP/2.0~Host: localhost | 426 | upgrade-required",
        "PRI * HTTP/2.0~~SM | 426 | upgrade-required",
        "GET /v1/pools HTTP/1.2~Host: localhost | 505 | version-not-supported",
        "GET /v1/pools HTTP/3.0~Host: localhost | 505 | version-not-supported",
        "GET /v1/pools HTTP/9.9~Host: localhost | 505 | version-not-supported",
        "GET /v1/pools HTTQ/1.1~Host: localhost | 505 | version-not-supported",
        "GET /v1/pools | 505 | version-not-supported",
      })
  void everyStatusHasItsType(String request, int status, String problem) {
    String body = request.contains("~~") ? "" : "~~";

    String answer = service.raw(ended(request + body).replace("~", "\r\n"));

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer)
        .contains("Content-Type: application/problem+json", "X-Content-Type-Options: nosniff")
        .contains("\"type\":\"urn:cadastre:problem:" + problem + "\"", "X-Request-Id: ");
  }

  /** So that the answer's end is seen at once. */
  private static String ended(String request) {
    return request.replaceFirst("~Host: localhost", "~Host: localhost~Connection: close");
  }

  @Test
  void requestIdIsTheClientsOwnWhereTheServerRefuses() {
    String request = "PUT /v1/owners/x HTTP/1.1~Host: localhost~Expect: tea~X-Request-Id: mine-7~~";

    assertThat(service.raw(request.replace("~", "\r\n")))
        .startsWith("HTTP/1.1 417 ")
        .contains("X-Request-Id: mine-7");
  }
}
