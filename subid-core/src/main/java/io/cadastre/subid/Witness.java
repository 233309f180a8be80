/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a node was told at some time: the newest event of a ledger. As text it is four words, {@code
 * LEDGER NUMBER HASH TIME}. The time is whole seconds since the epoch, as the node keeps it, or ISO
 * 8601, as {@code cadastre-node heads} prints it. Immutable.
 *
 * @param ledger the UUID of the ledger
 * @param head its newest event
 * @param at when the node was told, by the node's clock
 */
public record Witness(UUID ledger, EventHead head, Instant at) {
  private static final int WORDS = 4;
  private static final int UUID_LENGTH = 36;

  /** The witness in a line without its end; empty if it is another text. */
  public static Optional<Witness> parse(String line) {
    String[] words = line.split(" ", WORDS + 1);
    if (words.length != WORDS || words[0].length() != UUID_LENGTH) {
      return Optional.empty();
    }
    Optional<EventHead> head = EventHead.parse(words[1], words[2]);
    try {
      return head.isEmpty()
          ? Optional.empty()
          : Optional.of(new Witness(UUID.fromString(words[0]), head.get(), time(words[3])));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant time(String word) {
    return EventHead.isNumber(word)
        ? Instant.ofEpochSecond(Long.parseLong(word))
        : Instant.parse(word);
  }

  /** The line that a node keeps, without its end: the time in seconds. */
  public String line() {
    return words().append(at.getEpochSecond()).toString();
  }

  /** The line for people: the time in ISO 8601. */
  @Override
  public String toString() {
    return words().append(at).toString();
  }

  private StringBuilder words() {
    return new StringBuilder().append(ledger).append(' ').append(head).append(' ');
  }

  /**
   * Whether this later witness and an earlier one cannot both be of one unchanged log of one
   * service: they give one event two hashes, or the newest event has become an earlier one. The
   * second can also be a replica that is behind.
   */
  public boolean contradicts(Witness earlier) {
    return ledger.equals(earlier.ledger)
        && (head.number() < earlier.head.number()
            || (head.number() == earlier.head.number()
                && !head.hash().equals(earlier.head.hash())));
  }
}
