/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.Optional;

/**
 * The number and hash of an event. The hash covers the event and, through the hash of the event
 * before it, all earlier ones: who kept it sees any later change to them. Immutable.
 *
 * @param number the number of the event, from 1
 * @param hash its SHA-256, 64 lower-case hexadecimal digits
 */
public record EventHead(long number, String hash) {
  /** The HTTP field by which the service tells its newest event: {@code NUMBER HASH}. */
  public static final String FIELD = "Cadastre-Head";

  private static final int HASH_LENGTH = 64;
  private static final int MOST_DIGITS = 18;

  /** Checks the number and the hash. */
  public EventHead {
    if (number < 1) {
      throw new IllegalArgumentException("events are numbered from 1, this is " + number);
    }
    if (!isHash(hash)) {
      throw new IllegalArgumentException("a hash is 64 lower-case hexadecimal digits");
    }
  }

  /** The head in the value of the field; empty if it is another text. */
  public static Optional<EventHead> parse(String text) {
    int space = text.indexOf(' ');
    return space < 0
        ? Optional.empty()
        : parse(text.substring(0, space), text.substring(space + 1));
  }

  /** The head of these two words; empty if they are no number and hash. */
  static Optional<EventHead> parse(String number, String hash) {
    return isNumber(number) && number.charAt(0) != '0' && isHash(hash)
        ? Optional.of(new EventHead(Long.parseLong(number), hash))
        : Optional.empty();
  }

  /** Whether the word is a number of at most 18 digits. Without a stream: a sync asks this. */
  static boolean isNumber(String word) {
    boolean good = !word.isEmpty() && word.length() <= MOST_DIGITS;
    for (int i = 0; good && i < word.length(); i++) {
      good = word.charAt(i) >= '0' && word.charAt(i) <= '9';
    }
    return good;
  }

  private static boolean isHash(String word) {
    boolean good = word.length() == HASH_LENGTH;
    for (int i = 0; good && i < word.length(); i++) {
      char c = word.charAt(i);
      good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    return good;
  }

  /** The value of the field. Without the operator +, as in the rest of a sync. */
  @Override
  public String toString() {
    return Long.toString(number).concat(" ").concat(hash);
  }
}
