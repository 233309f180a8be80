/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Optional;

/**
 * Compares DNs as LDAP does (RFC 4514, 4.1): by RDNs, without regard to case, spaces and escapes.
 * Of two texts that no rule makes equal, the answer is that they differ.
 */
public final class DnTree {
  private DnTree() {}

  /** Whether the DN is the base or lies below it; false if one of the two is not a DN. */
  public static boolean holds(String base, String dn) {
    try {
      return !new DN(base).isNullDN() && DN.isDescendantOf(dn, base, true);
    } catch (LDAPException e) {
      return false;
    }
  }

  /** Returns one spelling for all texts of a DN; empty if the text is not one. */
  public static Optional<String> normalized(String dn) {
    try {
      return Optional.of(DN.normalize(dn));
    } catch (LDAPException e) {
      return Optional.empty();
    }
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
