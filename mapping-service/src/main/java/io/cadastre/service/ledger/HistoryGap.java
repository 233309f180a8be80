/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.util.Optional;

/**
 * A time that the events tell nothing about.
 *
 * @param after the last known time before the gap, ISO 8601; empty if nothing before it is known
 * @param until the time at which known history begins, or begins again
 * @param range whether the gap is that of one range, not of the whole ledger
 */
public record HistoryGap(Optional<String> after, String until, boolean range) {
  /** The gap in a sentence. */
  public String sentence() {
    String what = range ? "the history of the range with this ID" : "the ledger's history";
    return after
        .map(
            begun ->
                "%s between %s and %s is lost: the owner at that time is unknown"
                    .formatted(what, begun, until))
        .orElseGet(
            () -> "%s begins at %s: the owner before that time is unknown".formatted(what, until));
  }
}
