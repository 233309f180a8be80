/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import java.util.Optional;

/**
 * A witness that the log contradicts. Immutable.
 *
 * @param seen what a node was told
 * @param nodes how many nodes were told the same
 * @param hash the hash of this event in the log; empty if the log ends before it
 */
public record Misfit(SeenHead seen, int nodes, Optional<String> hash) {
  long number() {
    return seen.witness().head().number();
  }

  /** What was seen and what the log has, for people. */
  String text(long lastEvent) {
    String others = nodes > 1 ? " (and %d more nodes)".formatted(nodes - 1) : "";
    String saw =
        "%s%s saw event %d with the hash %s at %s"
            .formatted(
                seen.node(), others, number(), seen.witness().head().hash(), seen.witness().at());
    return saw
        + hash.map(found -> "; in the log it has the hash " + found)
            .orElse("; the log ends at event " + lastEvent);
  }
}
