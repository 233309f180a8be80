/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The login name of an owner, fit for the first field of a subuid(5) line. Immutable.
 *
 * <p>REST, directory, import, files and plugin apply one rule, so that no name can forge a line: 1
 * to {@value #MAX_BYTES} bytes of well-formed UTF-8, without 00-20, 7F, {@code : # /}, U+0080-00A0,
 * U+2000-200F, U+2028-202F and U+FEFF; not beginning with {@code - + ! .}; not all digits, which
 * subuid(5) reads as a uid. Every recorded name passes this rule.
 *
 * <p>A name that is new to the ledger also passes {@link #admitted()}: it has no U+00AD,
 * U+2060-206F or U+E0000-E007F, which are invisible or change the direction of text. Names that
 * were recorded before that rule stay readable (docs/decisions/0044).
 *
 * <p>{@code name-vectors.txt} has the test vectors of both rules; the C plugin is tested with the
 * same file. Names are compared byte for byte.
 */
public record OwnerName(String value) implements Comparable<OwnerName> {
  /** The longest name, in bytes of UTF-8, inclusive. */
  public static final int MAX_BYTES = 256;

  private static final String FORBIDDEN_FIRST = "-+!.";

  /**
   * Checks the rule.
   *
   * @throws NameRefused if the name breaks it
   */
  public OwnerName {
    check(value);
  }

  /**
   * Decodes a name.
   *
   * @throws NameRefused if the bytes are not well-formed UTF-8 or the name breaks the rule
   */
  public static OwnerName decode(byte[] utf8) {
    try {
      return new OwnerName(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new NameRefused("(undecodable)", "it is not well-formed UTF-8");
    }
  }

  /** Returns whether a new owner may have this name, or an owner may be renamed to it. */
  public boolean isAdmissible() {
    return firstInvisible().isEmpty();
  }

  /**
   * Returns this name if a new owner may have it, or an owner may be renamed to it.
   *
   * @throws NameRefused if only an owner that is recorded under this name may have it
   */
  public OwnerName admitted() {
    firstInvisible()
        .ifPresent(
            c -> {
              throw new NameRefused(
                  value,
                  "it holds the invisible character U+%04X, which no new name may hold"
                      .formatted(c));
            });
    return this;
  }

  /** Returns the first code point that a new name may not have; empty if there is none. */
  public OptionalInt firstInvisible() {
    return value.codePoints().filter(OwnerName::isInvisible).findFirst();
  }

  private static boolean isInvisible(int c) {
    return c == 0xAD || (c >= 0x2060 && c <= 0x206F) || (c >= 0xE0000 && c <= 0xE007F);
  }

  private static void check(String name) {
    if (isPlain(name)) {
      return;
    }
    if (name.isEmpty()) {
      throw new NameRefused(name, "it is empty");
    }
    if (encodedLength(name) > MAX_BYTES) {
      throw new NameRefused(
          name, "it is longer than the limit of " + MAX_BYTES + " bytes of UTF-8");
    }
    if (FORBIDDEN_FIRST.indexOf(name.charAt(0)) >= 0) {
      throw new NameRefused(name, "it begins with '" + name.charAt(0) + "'");
    }
    name.codePoints()
        .filter(OwnerName::isForbidden)
        .findFirst()
        .ifPresent(
            c -> {
              throw new NameRefused(
                  name, "it holds the character U+%04X%s".formatted(c, place(name, c)));
            });
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new NameRefused(name, "it is all digits, which subuid(5) reads as a uid");
    }
  }

  /** Whether the name is of ASCII characters and keeps the rule; a million rows are read so. */
  private static boolean isPlain(String name) {
    if (name.isEmpty()
        || name.length() > MAX_BYTES
        || FORBIDDEN_FIRST.indexOf(name.charAt(0)) >= 0) {
      return false;
    }
    boolean digits = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 0x7F || isForbidden(c)) {
        return false;
      }
      digits &= c >= '0' && c <= '9';
    }
    return !digits;
  }

  /** Says where a space is that print does not show. */
  private static String place(String name, int c) {
    if (c != ' ') {
      return "";
    }
    int at = name.indexOf(' ');
    return at == 0 ? " at the beginning" : at == name.length() - 1 ? " at the end" : "";
  }

  private static int encodedLength(String name) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)).remaining();
    } catch (CharacterCodingException e) {
      throw new NameRefused(name, "it is not well-formed UTF-16");
    }
  }

  private static boolean isForbidden(int c) {
    return c <= 0x20
        || c == ':'
        || c == '#'
        || c == '/'
        || (c >= 0x7F && c <= 0xA0)
        || (c >= 0x2000 && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202F)
        || c == 0xFEFF;
  }

  @Override
  public int compareTo(OwnerName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
