/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.cadastre.schema.SchemaNames;
import io.cadastre.subid.Allocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The connection of one batch. Finds the entries of owners below both containers, and notes whether
 * the directory accepts writes. Used by one thread.
 */
final class EntryConnection {
  /** Owners of one search at most. */
  static final int OWNERS_PER_SEARCH = 100;

  private final LDAPConnection connection;
  private final List<String> bases;
  private boolean accepted;
  private boolean refusedByServer;

  EntryConnection(LDAPConnection connection, List<String> bases) {
    this.connection = connection;
    this.bases = bases;
  }

  /** Returns the owners that have an entry, by their stable id or by one of their allocations. */
  Set<OwnerState> ownersWithEntries(List<OwnerState> states) throws LDAPException {
    Set<String> ids = new HashSet<>();
    for (int from = 0; from < states.size(); from += OWNERS_PER_SEARCH) {
      int to = Math.min(states.size(), from + OWNERS_PER_SEARCH);
      for (Entry entry :
          entries(states.subList(from, to), SchemaNames.STABLE_ID, SchemaNames.ALLOCATION_ID)) {
        value(entry, SchemaNames.STABLE_ID).ifPresent(ids::add);
        value(entry, SchemaNames.ALLOCATION_ID)
            .map(id -> id.toLowerCase(Locale.ROOT))
            .ifPresent(ids::add);
      }
    }
    Set<OwnerState> owners = new HashSet<>();
    for (OwnerState state : states) {
      if (ids.contains(state.stableId())
          || state.allocations().stream().anyMatch(a -> ids.contains(a.id().toString()))) {
        owners.add(state);
      }
    }
    return owners;
  }

  /** Returns the entries with the stable id of one of the owners, or the id of an allocation. */
  List<SearchResultEntry> entries(List<OwnerState> states, String... attributes)
      throws LDAPException {
    List<Filter> any = new ArrayList<>();
    for (OwnerState state : states) {
      any.add(Filter.createEqualityFilter(SchemaNames.STABLE_ID, state.stableId()));
      for (Allocation allocation : state.allocations()) {
        String id = allocation.id().toString();
        any.add(Filter.createEqualityFilter(SchemaNames.ALLOCATION_ID, id));
      }
    }
    List<SearchResultEntry> entries = new ArrayList<>();
    for (String base : bases) {
      entries.addAll(
          connection
              .search(base, SearchScope.SUB, Filter.createORFilter(any), attributes)
              .getSearchEntries());
    }
    return entries;
  }

  private static Optional<String> value(Entry entry, String attribute) {
    return Optional.ofNullable(entry.getAttributeValue(attribute));
  }

  void add(Entry entry) throws LDAPException {
    connection.add(entry);
    accepted = true;
  }

  void modify(String dn, List<Modification> changes) throws LDAPException {
    connection.modify(dn, changes);
    accepted = true;
  }

  /** Deletes an entry, which may be gone already. */
  void delete(String dn) throws LDAPException {
    try {
      connection.delete(dn);
      accepted = true;
    } catch (LDAPException e) {
      if (!e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
        throw e;
      }
    }
  }

  /** Sends an add without waiting; {@link #noteAccepted} is for its answer. */
  AsyncRequestID beginAdd(Entry entry) throws LDAPException {
    return connection.asyncAdd(new AddRequest(entry), null);
  }

  long responseTimeoutMillis() {
    return connection.getConnectionOptions().getResponseTimeoutMillis();
  }

  void noteAccepted() {
    accepted = true;
  }

  void noteRefused(ResultCode code) {
    refusedByServer |= LdapResultCodes.concernsServer(code);
  }

  /** Whether the directory accepted no write of the batch, for a reason of its own. */
  boolean refusesAllWrites() {
    return refusedByServer && !accepted;
  }
}
