/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.api.Problem;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;

/**
 * Recognizes the failure of a client that does not send its body correctly: the body ends early, is
 * too slow, or breaks the form of HTTP. Libraries wrap these failures more than once.
 */
final class UnreadableBody {
  /** Deeper than libraries wrap; a chain of causes may be a ring. */
  private static final int DEPTH = 10;

  private UnreadableBody() {}

  /** The problem, if it is one. */
  static Optional<Problem> problem(Throwable failure) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause)
        .limit(DEPTH)
        .flatMap(e -> one(e).stream())
        .findFirst();
  }

  private static Optional<Problem> one(Throwable failure) {
    if (failure instanceof BodyTooSlow slow) {
      return Optional.of(Problem.of(slow.getCode(), slow.getReason()));
    }
    if (failure instanceof HttpException http && http.getCode() < 500) {
      return Optional.of(
          Problem.of(http.getCode(), "the body breaks HTTP's form: " + http.getReason()));
    }
    if (failure instanceof TimeoutException) {
      return Optional.of(Problem.of(408, "nothing more of the body came: " + failure.getMessage()));
    }
    if (failure instanceof EofException) {
      return Optional.of(Problem.of(400, "the client ended the connection before the body's end"));
    }
    return Optional.empty();
  }
}
