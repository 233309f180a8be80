/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the state of an owner with the entries of the directory. What an earlier version wrote
 * in another way is no difference: an entry without a revision, and an entry that names the account
 * although its allocation is not active. Pure.
 */
final class EntryDiff {
  private EntryDiff() {}

  /** Whether the entries found differ from the state. */
  static boolean differs(EntryCodec codec, OwnerState state, Collection<PublishedEntry> found) {
    Map<String, Allocation> actual = new HashMap<>();
    for (PublishedEntry entry : found) {
      if (entry instanceof PublishedEntry.Ours ours) {
        actual.put(normalized(ours.dn()), comparable(ours.allocation()));
      }
    }
    Map<String, Allocation> expected = new HashMap<>();
    for (Allocation allocation : state.allocations()) {
      String dn = codec.dn(allocation).toNormalizedString();
      @Nullable Allocation entry = actual.get(dn);
      if (entry != null && (EntryCodec.hasEntry(allocation) || isClosed(allocation))) {
        expected.put(dn, asOld(entry, comparable(allocation)));
      } else if (EntryCodec.hasEntry(allocation)) {
        return true;
      }
    }
    return !expected.equals(actual);
  }

  /** Whether publishing would bring an entry up to date that an earlier version has written. */
  static boolean isOutdated(EntryCodec codec, Collection<PublishedEntry> found) {
    return found.stream()
        .anyMatch(entry -> entry instanceof PublishedEntry.Ours ours && isOutdated(codec, ours));
  }

  private static boolean isOutdated(EntryCodec codec, PublishedEntry.Ours entry) {
    Allocation a = entry.allocation();
    return (codec.hasRevision() && a.revision() == 0)
        || (isClosed(a) && a.owner().dn().isPresent());
  }

  private static boolean isClosed(Allocation allocation) {
    return allocation.state() != AllocationState.ACTIVE;
  }

  private static Allocation asOld(Allocation entry, Allocation allocation) {
    return entry.revision() == 0 ? allocation.withRevision(0) : allocation;
  }

  /** DNs are compared as DNs: a server may return them with other blanks and case. */
  private static Allocation comparable(Allocation a) {
    Owner o = a.owner();
    Optional<String> dn = isClosed(a) ? Optional.empty() : o.dn().map(EntryDiff::normalized);
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
