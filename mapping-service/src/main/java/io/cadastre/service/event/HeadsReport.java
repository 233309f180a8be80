/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import java.util.Optional;
import java.util.UUID;

/**
 * What a comparison of a log with witnesses has shown. Immutable.
 *
 * @param ledger the ledger of the log
 * @param lastEvent the number of its last event
 * @param fitting how many different heads the log confirms
 * @param lastFit the last witness before the first misfit that fits
 * @param misfit the first witness, by number, that the log contradicts
 * @param laterFit the first witness after the misfit that fits: the log went on as it is now
 * @param adoption the first adopt event after the last fit
 */
public record HeadsReport(
    UUID ledger,
    long lastEvent,
    int fitting,
    Optional<SeenHead> lastFit,
    Optional<Misfit> misfit,
    Optional<SeenHead> laterFit,
    Optional<Long> adoption) {

  /** Whether at least one witness was compared and none contradicts the log. */
  public boolean good() {
    return fitting > 0 && misfit.isEmpty();
  }

  /** The last event that a fitting witness proves to be unchanged, 0 if there is none. */
  public long provenUpTo() {
    return lastFit.map(seen -> seen.witness().head().number()).orElse(0L);
  }

  /** What contradicts the log, and between which events it was changed; empty if nothing does. */
  public Optional<String> contradiction() {
    return misfit.map(
        first ->
            "%s. %s %s%s"
                .formatted(first.text(lastEvent), interval(first), reading(first), continued()));
  }

  private String interval(Misfit first) {
    return lastFit
        .map(
            seen ->
                "Event %d is as %s saw it at %s: the log was changed after that and up to event %d,"
                    .formatted(provenUpTo(), seen.node(), seen.witness().at(), first.number()))
        .orElse(
            "No earlier witness fits: the log was changed in event %d or an earlier one,"
                .formatted(first.number()));
  }

  private String reading(Misfit first) {
    if (adoption.isPresent() && adoption.get() <= first.number()) {
      return "that is, cut or restored after event %d at the latest, since event %d is an adopt event."
          .formatted(adoption.get() - 1, adoption.get());
    }
    if (first.hash().isEmpty()) {
      return "that is, cut or restored after event %d at the latest.".formatted(lastEvent);
    }
    return adoption
        .map(
            event ->
                "that is, an event was edited, or the ledger was cut or restored after event %d (event %d is an adopt event)."
                    .formatted(provenUpTo(), event))
        .orElse("that is, an event was edited, exchanged or removed, or the ledger was restored.");
  }

  private String continued() {
    return laterFit
        .map(
            seen ->
                " It already was as it is now when %s saw event %d at %s."
                    .formatted(seen.node(), seen.witness().head().number(), seen.witness().at()))
        .orElse("");
  }
}
