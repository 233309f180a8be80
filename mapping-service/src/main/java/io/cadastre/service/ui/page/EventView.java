/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import io.cadastre.service.event.Event;
import io.cadastre.subid.Printable;
import java.util.List;
import java.util.Optional;

/**
 * An event as texts.
 *
 * @param owner the name as the ledger has it, for addresses; empty for an event about no allocation
 * @param stableId the stable ID of that owner, for addresses; empty if the event has none
 * @param differences what it made different
 */
public record EventView(
    long seq,
    String at,
    String kind,
    Optional<String> owner,
    String stableId,
    String actor,
    String credential,
    String requestId,
    String reason,
    String hash,
    List<Difference> differences) {
  /** Copies the list. */
  public EventView {
    differences = List.copyOf(differences);
  }

  /** The view of an event. */
  public static EventView of(Event event) {
    return new EventView(
        event.seq(),
        event.at(),
        event.kind(),
        event.owner(),
        event.after().path("stableId").asText(),
        Printable.of(event.actor()),
        event
            .credential()
            .map(text -> text + event.role().map(role -> ", " + role).orElse(""))
            .map(Printable::of)
            .orElse(""),
        event.requestId().map(Printable::of).orElse(""),
        event.reason().map(Printable::of).orElse(""),
        event.hash(),
        Difference.of(event.before(), Optional.of(event.after())));
  }

  /** The owner's name for people. */
  public String shownOwner() {
    return owner.map(Printable::of).orElse("");
  }

  /** What an event of this kind is. */
  public String meaning() {
    return Words.meaning("kind", kind);
  }
}
