/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.Problem;
import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a problem document of every failure that Jersey sees, and logs it. {@link ContainerErrors}
 * does so for requests that fail before.
 */
public final class FailureMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

  /** When to try again, unless the failure says so. */
  static final Duration RETRY = Duration.ofSeconds(10);

  @Override
  public Response toResponse(Throwable failure) {
    Optional<Response> http =
        failure instanceof WebApplicationException e
            ? Optional.of(e.getResponse())
            : Optional.empty();
    if (http.isPresent() && http.get().getStatus() < 400) {
      return http.get();
    }
    Problem problem = problem(failure);
    if (problem.is(RefusalCode.OUT_OF_SCOPE)) {
      LOG.warn("refused (out-of-scope): {}", problem.detail());
    }
    ResponseBuilder answer =
        Response.status(problem.status())
            .type(Problem.MEDIA_TYPE)
            .entity(problem.in(RequestIds.current()));
    if (problem.status() == 503) {
      answer.header(HttpHeaders.RETRY_AFTER, seconds(retryAfter(failure)));
    }
    http.map(response -> response.getHeaderString(HttpHeaders.ALLOW))
        .ifPresent(allow -> answer.header(HttpHeaders.ALLOW, allow));
    return answer.build();
  }

  /** The problem that a failure is, for a whole request or for a line of a batch. */
  public static Problem problem(Throwable failure) {
    if (failure instanceof Refused refused) {
      return Problem.of(refused.code(), sentence(refused));
    }
    Throwable cause = failure.getCause();
    if (cause instanceof Refused || cause instanceof WebApplicationException) {
      // the check of a record or of a parameter, or a body's limit, wrapped by a library
      return problem(cause);
    }
    if (failure instanceof Unavailable) {
      LOG.warn("unavailable: {}", sentence(failure));
      return Problem.unavailable(sentence(failure));
    }
    Optional<Problem> unreadable = UnreadableBody.problem(failure);
    if (unreadable.isPresent()) {
      LOG.info("the body of a request cannot be read: {}", unreadable.get().detail());
      return unreadable.get();
    }
    if (failure instanceof JsonProcessingException json && isOfBody(json)) {
      return Problem.of(RefusalCode.BAD_REQUEST, JsonMistake.sentence(json));
    }
    if (cause instanceof ParseException) {
      return Problem.of(
          RefusalCode.BAD_REQUEST, "a header field cannot be read: " + sentence(failure));
    }
    if (failure instanceof ZipException || cause instanceof ZipException) {
      return Problem.of(
          RefusalCode.BAD_REQUEST, "the body is not gzip, as its Content-Encoding says");
    }
    if (failure instanceof IOException && !(failure instanceof JsonProcessingException)) {
      return Problem.of(RefusalCode.BAD_REQUEST, "the body cannot be read to its end");
    }
    if (failure instanceof WebApplicationException http && http.getResponse().getStatus() < 500) {
      return Problem.of(http.getResponse().getStatus(), detail(http));
    }
    LOG.error("a request has failed", failure);
    return Problem.broken(
        failure instanceof InvariantBroken
            ? sentence(failure)
            : "an error of the service's own; its log says more under the request's id");
  }

  /** Whether the JSON of a request is wrong, rather than an answer that cannot be written. */
  private static boolean isOfBody(JsonProcessingException failure) {
    return !(failure.getProcessor() instanceof JsonGenerator)
        && !(failure instanceof InvalidDefinitionException);
  }

  private static Duration retryAfter(Throwable failure) {
    return failure instanceof Unavailable unavailable ? unavailable.retryAfter() : RETRY;
  }

  /** Rounded up, and at least 1: a client must not try again at once. */
  private static long seconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }

  private static String detail(WebApplicationException failure) {
    if (failure instanceof NotAllowedException) {
      return "the method is not one of %s, which this path allows"
          .formatted(failure.getResponse().getHeaderString(HttpHeaders.ALLOW));
    }
    if (failure instanceof NotSupportedException && sentence(failure).startsWith("HTTP 415")) {
      return "the body must be application/json, or application/x-ndjson for a batch; its"
          + " Content-Type says otherwise or is missing";
    }
    if (failure instanceof NotAcceptableException) {
      return "the answer would be of a media type that Accept does not allow";
    }
    if (failure instanceof NotFoundException && sentence(failure).startsWith("HTTP 404")) {
      return "no such path; %s lists them".formatted(Paths.OPENAPI);
    }
    return sentence(failure);
  }

  private static String sentence(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
