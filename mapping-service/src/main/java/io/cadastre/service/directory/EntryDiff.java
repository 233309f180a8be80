/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Owner;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Compares the state of an owner with the entries of the directory. Pure. */
final class EntryDiff {
  private EntryDiff() {}

  /** Whether the entries found differ from the state. */
  static boolean differs(EntryCodec codec, OwnerState state, Collection<PublishedEntry> found) {
    Map<String, Allocation> expected = new HashMap<>();
    for (Allocation allocation : state.allocations()) {
      if (EntryCodec.hasEntry(allocation)) {
        expected.put(codec.dn(allocation).toNormalizedString(), comparable(allocation));
      }
    }
    Map<String, Allocation> actual = new HashMap<>();
    for (PublishedEntry entry : found) {
      if (entry instanceof PublishedEntry.Ours ours) {
        actual.put(normalized(ours.dn()), comparable(ours.allocation()));
      }
    }
    return !expected.equals(actual);
  }

  /** DNs are compared as DNs: a server may return them with other blanks and case. */
  private static Allocation comparable(Allocation a) {
    Owner o = a.owner();
    Optional<String> dn = o.dn().map(EntryDiff::normalized);
    return a.withOwner(new Owner(o.stableId(), o.name(), o.uidNumber(), o.gidNumber(), dn));
  }

  static String normalized(String dn) {
    try {
      return DN.normalize(dn);
    } catch (LDAPException e) {
      return dn;
    }
  }
}
