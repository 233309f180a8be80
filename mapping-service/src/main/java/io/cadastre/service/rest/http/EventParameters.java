/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.event.EventConditions;
import io.cadastre.service.event.EventKind;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parameters by which requests choose events. */
public final class EventParameters {
  private EventParameters() {}

  /**
   * The conditions of these parameters.
   *
   * @throws io.cadastre.service.failure.Refused for an actor or a request that no event can have,
   *     and for a kind that there is not
   */
  public static EventConditions conditions(
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<String> actor,
      Optional<String> kind,
      Optional<String> request) {
    checkPlain("actor", actor);
    checkPlain("request", request);
    return new EventConditions(from, to, actor, kind.map(EventParameters::kind), request);
  }

  private static void checkPlain(String name, Optional<String> value) {
    value
        .filter(text -> text.chars().anyMatch(Character::isISOControl))
        .ifPresent(
            text -> {
              throw ParameterValue.refused(name, text, "it has a control character");
            });
  }

  private static EventKind kind(String word) {
    return Stream.of(EventKind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                ParameterValue.refused(
                    "kind",
                    word,
                    "it is one of "
                        + Stream.of(EventKind.values())
                            .map(EventKind::word)
                            .collect(Collectors.joining(", "))));
  }
}
