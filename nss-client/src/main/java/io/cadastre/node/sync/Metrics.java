/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.Rule;
import java.time.Instant;
import java.util.Optional;

/**
 * The figures of a node in the text format of Prometheus, version 0.0.4, as the textfile collector
 * of node_exporter reads it: no sample has a time of its own.
 *
 * @param serial the serial of the snapshot that is served
 * @param rows the number of its rows
 * @param held how many of them are held back on this node
 * @param contact the last contact with a service
 */
record Metrics(long serial, int rows, int held, Contact contact) {
  private static final String PREFIX = "cadastre_node_";

  /** The figures after a sync that gave this result. */
  static Metrics of(Sync.Result result, Contact contact) {
    return new Metrics(result.serial(), result.rows(), result.holds(), contact);
  }

  /** The figures after a sync that changed nothing; zeros if no snapshot is served. */
  static Metrics of(Optional<SyncState> state, int held, Contact contact) {
    return new Metrics(
        state.map(SyncState::serial).orElse(0L),
        state.map(SyncState::rows).orElse(0),
        held,
        contact);
  }

  /** The text of the file. */
  String text() {
    StringBuilder text = new StringBuilder();
    gauge(text, "serial", "Serial of the snapshot that is served.", serial);
    gauge(text, "rows", "Rows of the snapshot that is served.", rows);
    gauge(text, "held", "Rows of that snapshot that are held back on this node.", held);
    gauge(
        text,
        "last_contact_timestamp_seconds",
        "Time of the last snapshot that was applied, or confirmed by 304; 0 if unknown.",
        seconds(contact.confirmed()));
    gauge(
        text,
        "last_answer_timestamp_seconds",
        "Time of the last answer of a service, refused or not; 0 if unknown.",
        seconds(contact.answered()));
    head(text, "refused", "Whether a rule refused the last answer of a service.");
    for (Rule rule : Rule.values()) {
      boolean refuses = contact.refusal().equals(Optional.of(rule));
      text.append(PREFIX).append("refused{rule=\"").append(rule.word());
      text.append("\"} ").append(refuses ? 1 : 0).append('\n');
    }
    return text.toString();
  }

  private static void gauge(StringBuilder text, String name, String help, long value) {
    head(text, name, help);
    text.append(PREFIX).append(name).append(' ').append(value).append('\n');
  }

  private static void head(StringBuilder text, String name, String help) {
    text.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(PREFIX).append(name).append(" gauge\n");
  }

  private static long seconds(Optional<Instant> time) {
    return time.isPresent() ? time.get().getEpochSecond() : 0;
  }
}
