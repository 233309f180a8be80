/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import io.cadastre.service.config.NameCase;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the login name of an account as SSSD does ({@code sysdb_attrs_primary_name}): the only
 * value of the name attribute; among several the one that the RDN names, ASCII case ignored, as the
 * attribute spells it. The DN itself is not read for it, since LDAP libraries trim its spaces.
 * Immutable.
 */
final class LoginName {
  private final String attribute;
  private final NameCase nameCase;

  LoginName(String attribute, NameCase nameCase) {
    this.attribute = attribute;
    this.nameCase = nameCase;
  }

  /** The case of the names. */
  NameCase nameCase() {
    return nameCase;
  }

  /** The attribute that holds the name. */
  String attribute() {
    return attribute;
  }

  /**
   * Returns the login name.
   *
   * @throws IllegalArgumentException if no value is the login name, or it is refused
   */
  OwnerName of(Entry entry) {
    List<byte[]> values = valuesOf(entry);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("it has no " + attribute);
    }
    if (values.size() == 1) {
      return name(values.get(0));
    }
    List<byte[]> inRdn = inRdn(entry);
    return values.stream()
        .filter(value -> inRdn.stream().anyMatch(other -> equalIgnoringCase(value, other)))
        .findFirst()
        .map(this::name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "it has %d values of %s, and its RDN names none of them"
                        .formatted(values.size(), attribute)));
  }

  /** Returns every value that is a name; the login name is one of them. */
  List<OwnerName> all(Entry entry) {
    return valuesOf(entry).stream().flatMap(v -> admitted(v).stream()).distinct().toList();
  }

  /** Returns every value, refused ones included, as text. */
  List<String> texts(Entry entry) {
    Attribute values = entry.getAttribute(attribute);
    return values == null ? List.of() : List.of(values.getValues());
  }

  private Optional<OwnerName> admitted(byte[] value) {
    try {
      return Optional.of(name(value));
    } catch (NameRefused e) {
      return Optional.empty();
    }
  }

  private OwnerName name(byte[] value) {
    return nameCase.of(OwnerName.decode(value));
  }

  private List<byte[]> valuesOf(Entry entry) {
    Attribute values = entry.getAttribute(attribute);
    return values == null ? List.of() : List.of(values.getValueByteArrays());
  }

  private List<byte[]> inRdn(Entry entry) {
    try {
      List<byte[]> found = new ArrayList<>();
      RDN rdn = entry.getRDN();
      String[] names = rdn == null ? new String[0] : rdn.getAttributeNames();
      for (int i = 0; i < names.length; i++) {
        if (names[i].equalsIgnoreCase(attribute)) {
          found.add(rdn.getByteArrayAttributeValues()[i]);
        }
      }
      return found;
    } catch (LDAPException e) {
      throw new IllegalArgumentException("its DN does not parse: " + e.getMessage(), e);
    }
  }

  private static boolean equalIgnoringCase(byte[] one, byte[] other) {
    if (one.length != other.length) {
      return false;
    }
    for (int i = 0; i < one.length; i++) {
      if (lower(one[i]) != lower(other[i])) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }
}
