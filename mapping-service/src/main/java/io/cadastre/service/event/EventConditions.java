/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import java.time.Instant;
import java.util.Optional;

/**
 * What a listing of events asks for.
 *
 * @param from only events with this time or a later one
 * @param to only events with an earlier time
 * @param actor only changes of this actor
 * @param kind only events of this kind
 * @param request only events of the request with this id
 */
public record EventConditions(
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<String> actor,
    Optional<EventKind> kind,
    Optional<String> request) {
  /** No condition. */
  public static final EventConditions NONE =
      new EventConditions(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether an event meets them all. */
  public boolean meets(Event event) {
    Instant at = Instant.parse(event.at());
    return from.map(time -> !at.isBefore(time)).orElse(true)
        && to.map(at::isBefore).orElse(true)
        && actor.map(event.actor()::equals).orElse(true)
        && kind.map(wanted -> wanted.word().equals(event.kind())).orElse(true)
        && (request.isEmpty() || request.equals(event.requestId()));
  }
}
