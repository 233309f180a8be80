/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.nodes.NodeReport;
import io.cadastre.service.nodes.NodeReport.Findings;
import io.cadastre.subid.EventHead;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a node says that it serves. All but {@code head}, {@code findings} and {@code findingCount}
 * is required.
 *
 * @param ledger the ledger of its snapshot
 * @param serial the serial of its snapshot
 * @param digest the digest of its snapshot's rows
 * @param head the newest event that it was told of, NUMBER HASH
 * @param applied when it last stored another snapshot, by its clock
 * @param mode {@code files} or {@code plugin}
 * @param held how many rows it does not serve
 * @param findingCount how many warnings its last sync had; the number of findings if left out
 * @param findings the first of them, at most 10; if left out, those of the last report of the same
 *     serial
 * @param version the version of cadastre-node
 */
public record NodeReportJson(
    Optional<String> ledger,
    Optional<Long> serial,
    Optional<String> digest,
    Optional<String> head,
    Optional<String> applied,
    Optional<String> mode,
    Optional<Long> held,
    Optional<Long> findingCount,
    Optional<List<String>> findings,
    Optional<String> version) {
  /** The body with every field left out. */
  public static final NodeReportJson NOTHING =
      new NodeReportJson(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * The report.
   *
   * @throws Refused if a required field was left out, or a field is out of bounds
   */
  public NodeReport report() {
    try {
      return new NodeReport(
          uuid(required("ledger", ledger)),
          required("serial", serial),
          required("digest", digest),
          head.map(NodeReportJson::eventHead),
          instant(required("applied", applied)),
          required("mode", mode),
          required("held", held),
          found(),
          required("version", version));
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }

  private Optional<Findings> found() {
    if (findings.isEmpty() && findingCount.isPresent()) {
      throw new IllegalArgumentException("findingCount needs findings, which may be empty");
    }
    return findings.map(
        lines -> {
          if (lines.stream().anyMatch(line -> Optional.ofNullable(line).isEmpty())) {
            throw new IllegalArgumentException("an element of findings is null");
          }
          return new Findings(findingCount.orElse((long) lines.size()), lines);
        });
  }

  private static EventHead eventHead(String text) {
    return EventHead.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("head is not NUMBER HASH"));
  }

  private static UUID uuid(String text) {
    // UUID.fromString takes shorter forms too
    UUID uuid = text.length() == 36 ? UUID.fromString(text) : new UUID(0, 0);
    if (!uuid.toString().equals(text)) {
      throw new IllegalArgumentException("ledger is no UUID in lower case");
    }
    return uuid;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("applied is no time such as 2026-01-31T12:00:00Z", e);
    }
  }

  private static <T> T required(String field, Optional<T> value) {
    return value.orElseThrow(
        () -> new IllegalArgumentException("the body has no field \"%s\"".formatted(field)));
  }
}
