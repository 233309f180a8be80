/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.DN;
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
import io.cadastre.subid.AllocationState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the entries of one owner equal to the ledger, whatever is there. The order of the steps
 * gives these guarantees, wherever it is broken off:
 *
 * <ol>
 *   <li>a range has an entry at every moment, so that LDAP alone never takes it for free: an entry
 *       is added in its new place before it is deleted in its old one;
 *   <li>an owner never has two entries that count, since SSSD reads only the first: what no longer
 *       counts is moved away before what counts now is added;
 *   <li>done again it ends the same.
 * </ol>
 */
final class OwnerPublication {
  private static final String[] OURS = EntryCodec.attributes().toArray(String[]::new);

  private final EntryCodec codec;
  private final LDAPConnection connection;
  private final List<String> bases;
  private final Set<String> passedOver;
  private final WriteTally tally;

  OwnerPublication(
      EntryCodec codec,
      LDAPConnection connection,
      List<String> bases,
      Set<String> passedOver,
      WriteTally tally) {
    this.codec = codec;
    this.connection = connection;
    this.bases = bases;
    this.passedOver = passedOver;
    this.tally = tally;
  }

  /**
   * What became of one owner.
   *
   * @param failure why the state could not be published; empty text if it was
   * @param isConflict whether the server refused because of another entry
   */
  record Attempt(String failure, boolean isConflict) {}

  /** Publishes the state. */
  Attempt run(OwnerState state) throws LDAPException {
    Map<DN, Entry> stale = found(state);
    stale.values().removeIf(e -> !isKnown(e, state) && passedOver.contains(DnText.of(e.getDN())));
    Map<DN, Entry> retired = new LinkedHashMap<>();
    Map<DN, Entry> active = new LinkedHashMap<>();
    for (Allocation allocation : state.allocations()) {
      if (EntryDiff.isPublished(allocation)) {
        Entry entry = codec.encode(allocation);
        (allocation.state() == AllocationState.ACTIVE ? active : retired)
            .put(codec.dn(allocation), entry);
      }
    }
    for (Entry entry : stale.values()) {
      if (!isKnown(entry, state)) {
        return new Attempt(
            "the directory has an allocation of this owner that the ledger does not know: %s"
                .formatted(entry.getDN()),
            false);
      }
    }
    try {
      make(retired, stale);
      List<Entry> leaving = new ArrayList<>(stale.values());
      leaving.removeIf(e -> active.containsKey(dn(e)) || !counts(e));
      delete(leaving, stale);
      make(active, stale);
      delete(List.copyOf(stale.values()), stale);
      return new Attempt("", false);
    } catch (LDAPException e) {
      if (LdapResultCodes.meanUnavailable(e.getResultCode())) {
        throw e;
      }
      tally.refused(e.getResultCode());
      // The answer of slapd's and of 389-DS's uniqueness plugin.
      return new Attempt(
          LdapResultCodes.reason(e), e.getResultCode().equals(ResultCode.CONSTRAINT_VIOLATION));
    }
  }

  /** Our entries of this owner, and of his allocations under whatever stable id. */
  private Map<DN, Entry> found(OwnerState state) throws LDAPException {
    List<Filter> any = new ArrayList<>();
    any.add(Filter.createEqualityFilter(SchemaNames.STABLE_ID, state.stableId()));
    for (Allocation allocation : state.allocations()) {
      any.add(Filter.createEqualityFilter(SchemaNames.ALLOCATION_ID, allocation.id().toString()));
    }
    Map<DN, Entry> entries = new HashMap<>();
    for (String base : bases) {
      for (SearchResultEntry entry :
          connection
              .search(base, SearchScope.SUB, Filter.createORFilter(any), OURS)
              .getSearchEntries()) {
        if (entry.hasObjectClass(SchemaNames.ALLOCATION_CLASS)) {
          entries.put(entry.getParsedDN(), entry);
        }
      }
    }
    return entries;
  }

  private static boolean isKnown(Entry entry, OwnerState state) {
    return state.allocations().stream()
        .anyMatch(
            a ->
                a.id()
                    .toString()
                    .equalsIgnoreCase(entry.getAttributeValue(SchemaNames.ALLOCATION_ID)));
  }

  private static boolean counts(Entry entry) {
    return !entry.hasObjectClass(SchemaNames.RETIRED_CLASS);
  }

  /** Adds or mends these entries and takes them out of what is left over. */
  private void make(Map<DN, Entry> wanted, Map<DN, Entry> stale) throws LDAPException {
    for (Map.Entry<DN, Entry> each : wanted.entrySet()) {
      Entry old = stale.remove(each.getKey());
      if (old == null) {
        connection.add(each.getValue());
        tally.taken();
      } else {
        mend(old, each.getValue());
      }
    }
  }

  /** What others put there, an auxiliary class with its attributes for instance, stays. */
  private void mend(Entry old, Entry wanted) throws LDAPException {
    List<String> classes = new ArrayList<>(List.of(old.getObjectClassValues()));
    for (String name : wanted.getObjectClassValues()) {
      if (!old.hasObjectClass(name)) {
        classes.add(name);
      }
    }
    wanted.setAttribute("objectClass", classes);
    List<Modification> changes = Entry.diff(old, wanted, true, false, true, OURS);
    if (!changes.isEmpty()) {
      connection.modify(wanted.getDN(), changes);
      tally.taken();
    }
  }

  private void delete(List<Entry> entries, Map<DN, Entry> stale) throws LDAPException {
    for (Entry entry : entries) {
      try {
        connection.delete(entry.getDN());
        tally.taken();
      } catch (LDAPException e) {
        if (!e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
          throw e;
        }
      }
      stale.remove(dn(entry));
    }
  }

  private static DN dn(Entry entry) {
    try {
      return entry.getParsedDN();
    } catch (LDAPException e) {
      throw new IllegalStateException("it was parsed when it was found", e);
    }
  }
}
