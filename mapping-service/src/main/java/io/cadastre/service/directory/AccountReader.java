/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Severity;
import io.cadastre.subid.StoredText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads the owner and the numbers of an account from its entry. Immutable. */
final class AccountReader {
  private static final String UID_NUMBER = "uidNumber";
  private static final String GID_NUMBER = "gidNumber";

  /** More names of one account are not remembered. */
  private static final int MOST_NAMES = 16;

  private static final List<String> STABLE_ID_ATTRIBUTES =
      List.of("entryUUID", "nsUniqueId", "ipaUniqueID", "objectGUID");

  private final String nameAttribute;
  private final String stableIdAttribute;
  private final String stableIdPrefix;

  AccountReader(String nameAttribute, String stableIdAttribute) {
    this.nameAttribute = nameAttribute;
    this.stableIdAttribute = stableIdAttribute;
    this.stableIdPrefix = canonical(stableIdAttribute) + ":";
  }

  /** Returns one spelling of the attribute, since LDAP ignores its case (RFC 4512, 2.5). */
  private static String canonical(String attribute) {
    return STABLE_ID_ATTRIBUTES.stream()
        .filter(attribute::equalsIgnoreCase)
        .findFirst()
        .orElseGet(() -> attribute.toLowerCase(Locale.ROOT));
  }

  String nameAttribute() {
    return nameAttribute;
  }

  String stableIdAttribute() {
    return stableIdAttribute;
  }

  /** The attributes that a search must return. */
  List<String> attributes() {
    return List.of(nameAttribute, stableIdAttribute, UID_NUMBER, GID_NUMBER);
  }

  /**
   * Reads the owner.
   *
   * @throws AccountRefused if the account cannot own a range
   */
  Owner owner(Entry entry) {
    try {
      Owner owner =
          new Owner(
              stableId(entry)
                  .orElseThrow(
                      () -> new IllegalArgumentException("it has no single " + stableIdAttribute)),
              name(entry),
              required(uidNumber(entry), UID_NUMBER),
              required(gidNumber(entry), GID_NUMBER),
              Optional.of(entry.getDN()));
      StoredText.check(owner);
      return owner;
    } catch (IllegalArgumentException e) {
      String dn = DnText.of(entry.getDN());
      throw new AccountRefused(
          new Finding(
              "account-refused",
              Severity.WARNING,
              dn,
              "the account %s cannot own a range: %s"
                  .formatted(dn, DnText.of(String.valueOf(e.getMessage()))),
              "correct the entry, or let accountFilter leave it out"));
    }
  }

  private static long required(OptionalLong number, String attribute) {
    return number.orElseThrow(
        () ->
            new IllegalArgumentException(
                "it has no single %s from 0 to %d".formatted(attribute, IdRange.MAX_ID)));
  }

  /**
   * Reads the login name, byte for byte. If the name attribute is in the RDN, the value there is
   * the name, since the attribute may have more values; otherwise the only value is.
   *
   * @throws IllegalArgumentException if there is no such value, or it is no login name
   */
  OwnerName name(Entry entry) {
    try {
      RDN rdn = entry.getRDN();
      String[] names = rdn == null ? new String[0] : rdn.getAttributeNames();
      for (int i = 0; i < names.length; i++) {
        if (names[i].equalsIgnoreCase(nameAttribute)) {
          return OwnerName.decode(rdn.getByteArrayAttributeValues()[i]);
        }
      }
    } catch (LDAPException e) {
      throw new IllegalArgumentException("its DN does not parse: " + e.getMessage(), e);
    }
    Attribute attribute = entry.getAttribute(nameAttribute);
    if (attribute == null || attribute.size() != 1) {
      throw new IllegalArgumentException(
          "its RDN is not %s, and it has %d values of it, not one"
              .formatted(nameAttribute, attribute == null ? 0 : attribute.size()));
    }
    return OwnerName.decode(attribute.getValueByteArray());
  }

  /** Reads the values of the name attribute that a row of a file can have, valid or not. */
  List<String> names(Entry entry) {
    String[] values = entry.getAttributeValues(nameAttribute);
    return values == null
        ? List.of()
        : Stream.of(values)
            .filter(name -> name.length() <= OwnerName.MAX_BYTES)
            .limit(MOST_NAMES)
            .toList();
  }

  /**
   * Reads the stable id, with the name of its attribute: {@code entryUUID:1b4e28ba-...}. So ids of
   * two kinds of directory are never equal.
   */
  Optional<String> stableId(Entry entry) {
    return stableIdValue(entry).map(stableIdPrefix::concat);
  }

  /** The objectGUID of Active Directory is 16 bytes, and becomes the text that its tools show. */
  private Optional<String> stableIdValue(Entry entry) {
    Attribute attribute = entry.getAttribute(stableIdAttribute);
    if (attribute == null || attribute.size() != 1) {
      return Optional.empty();
    }
    byte[] bytes = attribute.getValueByteArray();
    if (stableIdAttribute.toLowerCase(Locale.ROOT).equals("objectguid") && bytes.length == 16) {
      ByteBuffer guid = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      long high =
          ((long) guid.getInt() << 32)
              | (long) Short.toUnsignedInt(guid.getShort()) << 16
              | Short.toUnsignedInt(guid.getShort());
      return Optional.of(new UUID(high, guid.order(ByteOrder.BIG_ENDIAN).getLong()).toString());
    }
    return Optional.of(attribute.getValue());
  }

  /** Reads the uidNumber; empty unless it has one value that is a valid ID. */
  OptionalLong uidNumber(Entry entry) {
    return number(entry, UID_NUMBER);
  }

  /** Reads the gidNumber; empty unless it has one value that is a valid ID. */
  OptionalLong gidNumber(Entry entry) {
    return number(entry, GID_NUMBER);
  }

  private static OptionalLong number(Entry entry, String name) {
    Attribute attribute = entry.getAttribute(name);
    if (attribute == null || attribute.size() != 1) {
      return OptionalLong.empty();
    }
    try {
      long id = Long.parseLong(attribute.getValue());
      return id < 0 || id > IdRange.MAX_ID ? OptionalLong.empty() : OptionalLong.of(id);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
