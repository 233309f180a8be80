/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.NodeName;
import io.cadastre.subid.OwnerName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Decodes a segment of a path. Bytes that are not UTF-8 are refused: Jersey's decoder would turn
 * them into U+FFFD, which makes another name of them.
 */
final class PathSegment {
  private PathSegment() {}

  /**
   * The name in a percent-encoded segment.
   *
   * @throws Refused if it breaks the rule for names
   */
  static OwnerName ownerName(String encoded) {
    try {
      return OwnerName.decode(bytes(encoded));
    } catch (NameRefused e) {
      throw new Refused(RefusalCode.INVALID_NAME, e);
    }
  }

  /**
   * The name or uid in a percent-encoded segment: all digits are a uid.
   *
   * @throws Refused if it is neither
   */
  static NameOrUid nameOrUid(String encoded) {
    boolean digits = !encoded.isEmpty() && encoded.chars().allMatch(c -> c >= '0' && c <= '9');
    return new NameOrUid(digits ? encoded : ownerName(encoded).value());
  }

  /**
   * The host name in a percent-encoded segment, in lower case.
   *
   * @throws Refused if it is none
   */
  static NodeName nodeName(String encoded) {
    try {
      // A byte that is no ASCII is no character of a host name, whatever it decodes to.
      return new NodeName(new String(bytes(encoded), StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }

  private static byte[] bytes(String encoded) {
    byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        out.write(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new Refused(
            RefusalCode.BAD_REQUEST, "the path has a '%' without two hexadecimal digits after it");
      }
      out.write(high << 4 | low);
      i += 2;
    }
    return out.toByteArray();
  }
}
