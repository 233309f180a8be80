/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.rest.http;

import cadastre.service.directory.DirectoryUnavailable;
import cadastre.service.failure.InvariantBroken;
import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.service.failure.Unavailable;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.time.Duration;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one mapper: every failure of a request becomes a problem document here. */
public final class Failures implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final Duration RETRY = Duration.ofSeconds(10);

  @Override
  public Response toResponse(Throwable failure) {
    if (failure instanceof Refused refused) {
      return answer(Problem.of(refused.code(), sentence(refused))).build();
    }
    if (failure.getCause() instanceof Refused refused) {
      // a body's or a parameter's own check, wrapped by who called it
      return answer(Problem.of(refused.code(), sentence(refused))).build();
    }
    if (failure instanceof Unavailable unavailable) {
      return unavailable(unavailable, unavailable.retryAfter());
    }
    if (failure instanceof DirectoryUnavailable) {
      return unavailable(failure, RETRY);
    }
    if (failure instanceof JsonProcessingException json) {
      return answer(Problem.of(RefusalCode.BAD_REQUEST, JsonMistake.sentence(json))).build();
    }
    if (failure instanceof EofException) {
      return answer(Problem.of(RefusalCode.BAD_REQUEST, "the body ended early")).build();
    }
    if (failure instanceof WebApplicationException http) {
      return ofHttp(http);
    }
    return broken(failure);
  }

  private static Response unavailable(Throwable failure, Duration retryAfter) {
    LOG.warn("unavailable: {}", sentence(failure));
    return answer(Problem.unavailable(sentence(failure)))
        .header(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.toSeconds()))
        .build();
  }

  private static Response ofHttp(WebApplicationException failure) {
    Response original = failure.getResponse();
    int status = original.getStatus();
    if (status < 400) {
      return original;
    }
    if (status >= 500) {
      return broken(failure);
    }
    ResponseBuilder answer = answer(Problem.of(status, detail(failure)));
    if (original.getHeaderString(HttpHeaders.ALLOW) != null) {
      answer.header(HttpHeaders.ALLOW, original.getHeaderString(HttpHeaders.ALLOW));
    }
    return answer.build();
  }

  private static String detail(WebApplicationException failure) {
    if (failure instanceof NotAllowedException) {
      return "the method is not one of "
          + failure.getResponse().getHeaderString(HttpHeaders.ALLOW)
          + ", which this path allows";
    }
    if (failure instanceof NotSupportedException) {
      return "the body must be application/json, or application/x-ndjson for a batch; its Content-Type says otherwise or is missing";
    }
    if (failure instanceof NotFoundException && sentence(failure).startsWith("HTTP 404")) {
      return "no such path; /v1/openapi.json lists them";
    }
    return sentence(failure);
  }

  private static Response broken(Throwable failure) {
    LOG.error("a request has failed", failure);
    return answer(
            Problem.broken(
                failure instanceof InvariantBroken
                    ? sentence(failure)
                    : "an error of the service's own; its log says more under the request's id"))
        .build();
  }

  private static String sentence(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  private static ResponseBuilder answer(Problem problem) {
    return Response.status(problem.status())
        .type(Problem.MEDIA_TYPE)
        .entity(problem.in(RequestIds.current()));
  }
}
