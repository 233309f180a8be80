/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import io.cadastre.schema.SchemaNames;
import io.cadastre.subid.Allocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Asks which owners the directory has entries of, many with one search. */
final class KnownOwners {
  /** How many owners one search may ask for. */
  static final int AT_ONCE = 100;

  private final LDAPConnection connection;
  private final List<String> bases;

  KnownOwners(LDAPConnection connection, List<String> bases) {
    this.connection = connection;
    this.bases = bases;
  }

  /** Those of the owners who have an entry, by their stable id or by one of their allocations. */
  Set<OwnerState> among(List<OwnerState> states) throws LDAPException {
    Set<String> ids = new HashSet<>();
    for (int from = 0; from < states.size(); from += AT_ONCE) {
      ids.addAll(ids(states.subList(from, Math.min(states.size(), from + AT_ONCE))));
    }
    Set<OwnerState> known = new HashSet<>();
    for (OwnerState state : states) {
      if (ids.contains(state.stableId())
          || state.allocations().stream().anyMatch(a -> ids.contains(a.id().toString()))) {
        known.add(state);
      }
    }
    return known;
  }

  private Set<String> ids(List<OwnerState> states) throws LDAPException {
    List<Filter> any = new ArrayList<>();
    for (OwnerState state : states) {
      any.add(Filter.createEqualityFilter(SchemaNames.STABLE_ID, state.stableId()));
      for (Allocation allocation : state.allocations()) {
        String id = allocation.id().toString();
        any.add(Filter.createEqualityFilter(SchemaNames.ALLOCATION_ID, id));
      }
    }
    Set<String> ids = new HashSet<>();
    for (String base : bases) {
      for (Entry entry : search(base, Filter.createORFilter(any))) {
        value(entry, SchemaNames.STABLE_ID).ifPresent(ids::add);
        value(entry, SchemaNames.ALLOCATION_ID)
            .map(id -> id.toLowerCase(Locale.ROOT))
            .ifPresent(ids::add);
      }
    }
    return ids;
  }

  private List<? extends Entry> search(String base, Filter filter) throws LDAPException {
    return connection
        .search(base, SearchScope.SUB, filter, SchemaNames.STABLE_ID, SchemaNames.ALLOCATION_ID)
        .getSearchEntries();
  }

  private static Optional<String> value(Entry entry, String attribute) {
    return Optional.ofNullable(entry.getAttributeValue(attribute));
  }
}
