/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cadastre.service.failure.RefusalCode;
import java.util.Optional;

/**
 * A problem document: RFC 9457.
 *
 * @param type a stable URI, by which programs distinguish problems
 * @param title the same for every problem of the type
 * @param status the status code
 * @param detail what was refused, the value, the limit, the remedy
 * @param requestId the request, as the log and the events name it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({"type", "title", "status", "detail", "requestId"})
public record Problem(
    String type, String title, int status, String detail, Optional<String> requestId) {
  /** RFC 9457's media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPES = "urn:cadastre:problem:";

  /** A refusal, for a request or for a line of a batch. */
  public static Problem of(RefusalCode code, String detail) {
    return of(code.word(), code.title(), StatusCodes.of(code), detail);
  }

  /** A part that the service needs does not answer. */
  public static Problem unavailable(String detail) {
    return of("unavailable", "Try again later", 503, detail);
  }

  /** The service itself has failed. */
  public static Problem broken(String detail) {
    return of("broken", "The service has failed", 500, detail);
  }

  /**
   * A refusal of HTTP itself, by Jersey or by Jetty.
   *
   * @param status 4xx or 5xx
   */
  public static Problem of(int status, String detail) {
    return switch (status) {
      case 400 -> of(RefusalCode.BAD_REQUEST, detail);
      case 404 -> of("not-found", "There is nothing here", status, detail);
      case 405 -> of("method-not-allowed", "The method is not allowed here", status, detail);
      case 406 -> of("not-acceptable", "No such representation", status, detail);
      case 408 -> of("timeout", "The request took too long", status, detail);
      case 411 -> of("length-required", "Content-Length is missing", status, detail);
      case 412 -> of("precondition-failed", "The precondition does not hold", status, detail);
      case 413 -> of("too-large", "The body is too large", status, detail);
      case 414 -> of("uri-too-long", "The URI is too long", status, detail);
      case 415 -> of("unsupported-media-type", "The body's media type is wrong", status, detail);
      case 417 -> of("expectation-failed", "The expectation is not known here", status, detail);
      case 426 -> of("upgrade-required", "Another protocol is required", status, detail);
      case 431 -> of("headers-too-large", "The header fields are too large", status, detail);
      case 501 -> of("not-implemented", "This part of HTTP is not supported", status, detail);
      case 503 -> unavailable(detail);
      case 505 -> of("version-not-supported", "The HTTP version is not supported", status, detail);
      default ->
          status < 500
              ? of("refused", "The request is refused", status, detail)
              : of("broken", "The service has failed", status, detail);
    };
  }

  private static Problem of(String word, String title, int status, String detail) {
    return new Problem(TYPES + word, title, status, detail, Optional.empty());
  }

  /** Whether the service refused with this code. */
  public boolean is(RefusalCode code) {
    return type.equals(TYPES + code.word());
  }

  /** The same problem with the ID of a request. */
  public Problem in(Optional<String> request) {
    return new Problem(type, title, status, detail, request);
  }
}
