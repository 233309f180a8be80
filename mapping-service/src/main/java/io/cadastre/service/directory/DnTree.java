/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Compares DNs as a directory does: by their parts, in whatever way each is written (RFC 4514). */
public final class DnTree {
  private static final Pattern SPACES = Pattern.compile(" +");

  private DnTree() {}

  /** Whether the DN is the base or lies below it; false if one of the two is not a DN. */
  public static boolean holds(String base, String dn) {
    try {
      return !new DN(base).isNullDN() && DN.isDescendantOf(dn, base, true);
    } catch (LDAPException e) {
      return false;
    }
  }

  /**
   * Returns the values of a DN, RDN by RDN: all texts that a server may take for one DN have the
   * same. The names of attributes are left out, since an attribute has several (uid, userid and an
   * OID), and a server's schema may add more. So other DNs may have the same values too.
   *
   * @return empty if the text is not a DN
   */
  public static Optional<List<List<String>>> values(String dn) {
    try {
      return Optional.of(Stream.of(new DN(dn).getRDNs()).map(DnTree::values).toList());
    } catch (LDAPException e) {
      return Optional.empty();
    }
  }

  private static List<String> values(RDN rdn) {
    return Stream.of(rdn.getAttributeValues()).map(DnTree::prepared).distinct().sorted().toList();
  }

  /** RFC 4518: case, the forms of a character, spaces and invisible characters do not count. */
  private static String prepared(String value) {
    if (value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      return value.toLowerCase(Locale.ROOT); // the usual one: a PUT reads the DNs of all owners
    }
    StringBuilder visible = new StringBuilder();
    value
        .codePoints()
        .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c)
        .filter(c -> !isInvisible(c))
        .forEach(visible::appendCodePoint);
    String one = Normalizer.normalize(visible, Form.NFKC);
    String folded = one.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return SPACES.matcher(Normalizer.normalize(folded, Form.NFKC)).replaceAll(" ").strip();
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT -> true;
      // grapheme joiner, Mongolian and other variation selectors, object replacement
      default -> c == 0x034F || (c >= 0x180B && c <= 0x180D) || isSelector(c) || c == 0xFFFC;
    };
  }

  private static boolean isSelector(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
  }

  /** Why the text is not a DN of at least one RDN; empty if it is one. */
  public static Optional<String> mistake(String dn) {
    try {
      return new DN(dn).isNullDN() ? Optional.of("it is empty") : Optional.empty();
    } catch (LDAPException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
