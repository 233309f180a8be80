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
 * The login name of an owner, as it may stand in the first field of a subuid(5) line.
 *
 * <p>One rule at every border - REST, directory, import, file, plugin - keeps a name from forging a
 * line: 1 to {@value #MAX_BYTES} bytes of well-formed UTF-8, without 00-20, 7F, {@code : # /},
 * U+0080-00A0, U+2000-200F, U+2028-202F and U+FEFF; not beginning with {@code - + ! .}; not all
 * digits, since subuid(5) would read those as a uid. Every name that exists keeps this rule.
 *
 * <p>A name that is new to the ledger keeps a stricter one as well, {@link #admitted()}: it holds
 * no U+00AD, U+2060-206F or U+E0000-E007F, which are not seen or change the order of what is. Names
 * recorded before that rule stay readable (docs/decisions/0044).
 *
 * <p>The test vectors of both rules, shared with the C plugin, are in {@code name-vectors.txt}.
 * Names are compared byte for byte.
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
   * The name that these bytes spell.
   *
   * @throws NameRefused if they are not well-formed UTF-8 or break the rule
   */
  public static OwnerName decode(byte[] utf8) {
    try {
      return new OwnerName(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new NameRefused("(undecodable)", "it is not well-formed UTF-8");
    }
  }

  /** Whether a new owner may have this name, or an owner may be renamed to it. */
  public boolean isAdmissible() {
    return firstInvisible().isEmpty();
  }

  /**
   * This name, as the name of a new owner, or as an owner's new name.
   *
   * @throws NameRefused if only an owner who was recorded under this name may have it
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

  /** The first character that a new name may not hold, as a code point; empty if it holds none. */
  public OptionalInt firstInvisible() {
    return value.codePoints().filter(OwnerName::isInvisible).findFirst();
  }

  private static boolean isInvisible(int c) {
    return c == 0xAD || (c >= 0x2060 && c <= 0x206F) || (c >= 0xE0000 && c <= 0xE007F);
  }

  private static void check(String name) {
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
              throw new NameRefused(name, "it holds the character U+%04X".formatted(c));
            });
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new NameRefused(name, "it is all digits, which subuid(5) reads as a uid");
    }
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
