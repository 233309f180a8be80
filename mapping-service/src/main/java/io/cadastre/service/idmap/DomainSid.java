/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idmap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SID of a domain of Active Directory, as SSSD accepts it: {@code S-1-5-21-} and three numbers
 * of 32 bits.
 */
public record DomainSid(String text) {
  private static final String PREFIX = "S-1-5-21-";
  private static final Pattern FORM =
      Pattern.compile(PREFIX + "(0|[1-9][0-9]{0,9})(-(0|[1-9][0-9]{0,9})){2}");
  private static final long MAX_NUMBER = 0xFFFF_FFFFL;

  /** The bytes before the numbers: revision, count of numbers, authority (MS-DTYP, 2.4.2.2). */
  private static final int HEADER = 8;

  private static final int ACCOUNT_NUMBERS = 5;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if it is no SID of a domain
   */
  public DomainSid {
    if (!FORM.matcher(text).matches() || !numbersFit(text.substring(PREFIX.length()))) {
      throw new IllegalArgumentException(
          "\"%s\" is not the SID of a domain: it must be %sA-B-C, each of A, B and C a number from 0 to %d, as `wbinfo --domain-info DOMAIN` and Get-ADDomain print it"
              .formatted(text, PREFIX, MAX_NUMBER));
    }
  }

  private static boolean numbersFit(String numbers) {
    return Pattern.compile("-")
        .splitAsStream(numbers)
        .allMatch(n -> Long.parseLong(n) <= MAX_NUMBER);
  }

  /**
   * Returns the domain in an account's objectSid, which is the SID of the domain and one more
   * number, the RID. Empty for other SIDs, such as those of builtin groups.
   */
  public static Optional<DomainSid> ofObjectSid(byte[] objectSid) {
    if (objectSid.length != HEADER + ACCOUNT_NUMBERS * Integer.BYTES
        || objectSid[0] != 1
        || objectSid[1] != ACCOUNT_NUMBERS) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(objectSid);
    long authority = bytes.getLong() & 0xFFFF_FFFF_FFFFL;
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (authority != 5 || bytes.getInt() != 21) {
      return Optional.empty();
    }
    return Optional.of(
        new DomainSid(
            "%s%s-%s-%s"
                .formatted(
                    PREFIX,
                    Integer.toUnsignedString(bytes.getInt()),
                    Integer.toUnsignedString(bytes.getInt()),
                    Integer.toUnsignedString(bytes.getInt()))));
  }

  @Override
  public String toString() {
    return text;
  }
}
