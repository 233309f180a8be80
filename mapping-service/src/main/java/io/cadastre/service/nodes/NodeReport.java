/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.nodes;

import io.cadastre.subid.EventHead;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a node says that it serves. Bounded, so that a table of them is; true or not. Immutable.
 *
 * @param ledger the ledger of its snapshot
 * @param serial the serial of its snapshot
 * @param digest the digest of its snapshot's rows
 * @param head the newest event that it was told of
 * @param applied when it last stored another snapshot, by its clock; in whole seconds
 * @param mode {@code files} or {@code plugin}
 * @param held how many rows it does not serve
 * @param findings its warnings; empty if its last sync had nothing to do and checked nothing anew
 * @param version the version of cadastre-node
 */
public record NodeReport(
    UUID ledger,
    long serial,
    String digest,
    Optional<EventHead> head,
    Instant applied,
    String mode,
    long held,
    Optional<Findings> findings,
    String version) {
  private static final Set<String> MODES = Set.of("files", "plugin");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+~-]{1,40}");
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  /**
   * The warnings of a sync.
   *
   * @param count how many there are
   * @param first the first of them, each a line
   */
  public record Findings(long count, List<String> first) {
    /** So many findings are kept. */
    public static final int MOST = 10;

    /** The length of one at most, in characters. */
    public static final int LONGEST = 300;

    /**
     * Copies the list and checks it.
     *
     * @throws IllegalArgumentException saying what is out of bounds
     */
    public Findings {
      first = List.copyOf(first);
      if (first.size() > MOST) {
        throw new IllegalArgumentException(
            "findings has %d elements, the limit is %d; findingCount counts the others too"
                .formatted(first.size(), MOST));
      }
      if (count < first.size() || count > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "findingCount is %d, and findings has %d elements; the limit is %d"
                .formatted(count, first.size(), Integer.MAX_VALUE));
      }
      if (!first.stream().allMatch(Findings::isLine)) {
        throw new IllegalArgumentException(
            "an element of findings is a line of 1 to %d characters, without control characters"
                .formatted(LONGEST));
      }
    }

    private static boolean isLine(String text) {
      return !text.isBlank()
          && text.length() <= LONGEST
          && text.codePoints().noneMatch(Findings::isUnfit);
    }

    private static boolean isUnfit(int c) {
      return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }
  }

  /**
   * Checks each value.
   *
   * @throws IllegalArgumentException saying what is out of bounds
   */
  public NodeReport {
    applied = applied.truncatedTo(ChronoUnit.SECONDS);
    require(serial >= 0, "serial is negative");
    require(DIGEST.matcher(digest).matches(), "digest has not 64 hexadecimal digits in lower case");
    require(
        !applied.isBefore(FIRST) && applied.isBefore(LAST),
        "applied is not in the years 2000-9999");
    require(MODES.contains(mode), "mode is neither files nor plugin");
    require(
        held >= 0 && held <= Integer.MAX_VALUE, "held is not in 0-%d".formatted(Integer.MAX_VALUE));
    require(
        VERSION.matcher(version).matches(),
        "version has not 1 to 40 letters, digits, dots, hyphens, + and ~");
  }

  private static void require(boolean valid, String otherwise) {
    if (!valid) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** This report, with the findings of an earlier one of the same snapshot if it has none. */
  public NodeReport after(NodeReport earlier) {
    return findings.isPresent() || !ledger.equals(earlier.ledger) || serial != earlier.serial
        ? this
        : new NodeReport(
            ledger, serial, digest, head, applied, mode, held, earlier.findings, version);
  }
}
