/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
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
 * Makes the entries of one owner equal to the ledger. The order of the steps gives these
 * guarantees, even if the publication stops half-way:
 *
 * <ol>
 *   <li>A range has an entry at every moment, so that a reader of LDAP never takes it for free: an
 *       entry is added in its new place before it is deleted in its old one.
 *   <li>An owner never has two active entries, since SSSD reads only the first one: an entry that
 *       is no longer active is moved before a new active one is added.
 *   <li>A second run has the same result.
 * </ol>
 */
final class OwnerPublication {
  private static final String[] OURS = EntryCodec.attributes().toArray(String[]::new);

  private final EntryCodec codec;
  private final EntryConnection connection;
  private final Set<String> passedOver;

  OwnerPublication(EntryCodec codec, EntryConnection connection, Set<String> passedOver) {
    this.codec = codec;
    this.connection = connection;
    this.passedOver = passedOver;
  }

  /**
   * The result for one owner.
   *
   * @param failure why the state was not published; empty text if it was
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
      if (EntryCodec.hasEntry(allocation)) {
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
      write(retired, stale);
      List<Entry> leaving = new ArrayList<>(stale.values());
      leaving.removeIf(e -> active.containsKey(dn(e)) || !isActive(e));
      delete(leaving, stale);
      write(active, stale);
      delete(List.copyOf(stale.values()), stale);
      return new Attempt("", false);
    } catch (LDAPException e) {
      if (LdapResultCodes.meanUnavailable(e.getResultCode())) {
        throw e;
      }
      connection.noteRefused(e.getResultCode());
      // The answer of the uniqueness plugins of slapd and of 389-DS.
      return new Attempt(
          LdapResultCodes.reason(e), e.getResultCode().equals(ResultCode.CONSTRAINT_VIOLATION));
    }
  }

  /** Finds our entries of this owner, and of its allocations under any stable id. */
  private Map<DN, Entry> found(OwnerState state) throws LDAPException {
    Map<DN, Entry> entries = new HashMap<>();
    for (SearchResultEntry entry : connection.entries(List.of(state), OURS)) {
      if (entry.hasObjectClass(SchemaNames.ALLOCATION_CLASS)) {
        entries.put(entry.getParsedDN(), entry);
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

  private static boolean isActive(Entry entry) {
    return !entry.hasObjectClass(SchemaNames.RETIRED_CLASS);
  }

  /** Adds or modifies the wanted entries and removes them from the stale ones. */
  private void write(Map<DN, Entry> wanted, Map<DN, Entry> stale) throws LDAPException {
    for (Map.Entry<DN, Entry> each : wanted.entrySet()) {
      Entry old = stale.remove(each.getKey());
      if (old == null) {
        connection.add(each.getValue());
      } else {
        modify(old, each.getValue());
      }
    }
  }

  /** Keeps what others have added, for instance an auxiliary class with its attributes. */
  private void modify(Entry old, Entry wanted) throws LDAPException {
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
    }
  }

  private void delete(List<Entry> entries, Map<DN, Entry> stale) throws LDAPException {
    for (Entry entry : entries) {
      connection.delete(entry.getDN());
      stale.remove(dn(entry));
    }
  }

  private static DN dn(Entry entry) {
    try {
      return entry.getParsedDN();
    } catch (LDAPException e) {
      throw new IllegalStateException("the DN was parsed when the entry was found", e);
    }
  }
}
