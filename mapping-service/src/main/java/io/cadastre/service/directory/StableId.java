/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the stable id of an account, with the name of its attribute: {@code
 * entryUUID:1b4e28ba-...}. So ids of two kinds of directory are never equal. Two different values
 * never become one text: a value that is not printable UTF-8, or begins with {@code hex:} itself,
 * becomes {@code hex:} and its bytes. Immutable.
 */
final class StableId {
  private static final String HEX = "hex:";
  private static final String OBJECT_GUID = "objectGUID";

  /** Attributes with values that the server chooses, each once. */
  private static final List<String> CHOSEN_BY_THE_SERVER =
      List.of("entryUUID", "nsUniqueId", "ipaUniqueID", OBJECT_GUID);

  private final String attribute;
  private final String canonical;

  StableId(String attribute) {
    this.attribute = attribute;
    this.canonical = canonical(attribute);
  }

  /** Returns one spelling of the attribute, since LDAP ignores its case (RFC 4512, 2.5). */
  private static String canonical(String attribute) {
    return CHOSEN_BY_THE_SERVER.stream()
        .filter(attribute::equalsIgnoreCase)
        .findFirst()
        .orElseGet(() -> attribute.toLowerCase(Locale.ROOT));
  }

  /** The attribute, as configured. */
  String attribute() {
    return attribute;
  }

  /** Whether the server chooses the values, so that two accounts hardly ever share one. */
  boolean isChosenByTheServer() {
    return CHOSEN_BY_THE_SERVER.contains(canonical);
  }

  /** Returns the stable id; empty unless the attribute has exactly one value. */
  Optional<String> of(Entry entry) {
    return bytes(entry).map(value -> prefixed(encoded(value)));
  }

  /**
   * Returns the text by which earlier versions recorded the stable id, if it was another: bytes
   * that are not UTF-8 became U+FFFD, so that accounts could share it.
   */
  Optional<String> formerly(Entry entry) {
    return bytes(entry)
        .filter(value -> encoded(value).startsWith(HEX))
        .map(value -> prefixed(new String(value, StandardCharsets.UTF_8)));
  }

  /** Returns the bytes of the only value. */
  Optional<byte[]> bytes(Entry entry) {
    Attribute values = entry.getAttribute(attribute);
    return values == null || values.size() != 1
        ? Optional.empty()
        : Optional.of(values.getValueByteArray());
  }

  private String prefixed(String value) {
    return canonical + ":" + value;
  }

  private String encoded(byte[] value) {
    return canonical.equals(OBJECT_GUID) && value.length == 16
        ? guid(value)
        : text(value).orElseGet(() -> HEX + HexFormat.of().formatHex(value));
  }

  /** The objectGUID of Active Directory is 16 bytes, and becomes the text that its tools show. */
  private static String guid(byte[] value) {
    ByteBuffer guid = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    long high =
        ((long) guid.getInt() << 32)
            | (long) Short.toUnsignedInt(guid.getShort()) << 16
            | Short.toUnsignedInt(guid.getShort());
    return new UUID(high, guid.order(ByteOrder.BIG_ENDIAN).getLong()).toString();
  }

  private static Optional<String> text(byte[] value) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      return text.startsWith(HEX) || !text.codePoints().allMatch(StableId::isPrintable)
          ? Optional.empty()
          : Optional.of(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Fixed here: by the JDK's tables an id would change its form with the version of Unicode. */
  private static boolean isPrintable(int c) {
    return c >= 0x20
        && !(c >= 0x7F && c <= 0x9F)
        && !(c >= 0x200B && c <= 0x200F)
        && !(c >= 0x2028 && c <= 0x202E)
        && !(c >= 0x2060 && c <= 0x206F)
        && c != 0xAD
        && c != 0xFEFF
        && c != 0xFFFD
        && !(c >= 0xE0000 && c <= 0xE007F);
  }
}
