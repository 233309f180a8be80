/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
 *   <li>An entry is changed only from the revision that was read, and never from a newer one:
 *       another replica may publish the same owner at the same time.
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
   * @param isUnwilling whether the server refused because of its own state
   */
  record Attempt(String failure, boolean isConflict, boolean isUnwilling) {
    static final Attempt PUBLISHED = new Attempt("", false, false);

    static Attempt failed(String why) {
      return new Attempt(why, false, false);
    }
  }

  /** Publishes the state. */
  Attempt run(OwnerState state) throws LDAPException {
    Map<DN, Entry> stale = found(state);
    stale.values().removeIf(e -> !isKnown(e, state) && passedOver.contains(DnText.of(e.getDN())));
    Map<DN, Entry> retired = new LinkedHashMap<>();
    Map<DN, Entry> active = new LinkedHashMap<>();
    for (Allocation allocation : state.allocations()) {
      boolean isActive = allocation.state() == AllocationState.ACTIVE;
      DN dn = codec.dn(allocation);
      if (EntryCodec.hasEntry(allocation) || (!isActive && stale.containsKey(dn))) {
        (isActive ? active : retired).put(dn, codec.encode(allocation));
      }
    }
    for (Entry entry : stale.values()) {
      if (!isKnown(entry, state)) {
        return Attempt.failed(
            "the directory has an allocation of this owner that the ledger does not know: %s"
                .formatted(entry.getDN()));
      }
      if (isNewer(entry, state)) {
        return Attempt.failed(
            "the entry %s shows revision %s, which is newer than the ledger's"
                .formatted(entry.getDN(), entry.getAttributeValue(SchemaNames.REVISION)));
      }
    }
    try {
      write(retired, stale);
      List<Entry> leaving = new ArrayList<>(stale.values());
      leaving.removeIf(e -> active.containsKey(dn(e)) || !isActive(e));
      delete(leaving, stale);
      write(active, stale);
      delete(List.copyOf(stale.values()), stale);
      return Attempt.PUBLISHED;
    } catch (LDAPException e) {
      if (LdapResultCodes.meanUnavailable(e.getResultCode())) {
        throw e;
      }
      connection.noteRefused(e.getResultCode());
      // The answer of the uniqueness plugins of slapd and of 389-DS.
      return new Attempt(
          LdapResultCodes.reason(e),
          e.getResultCode().equals(ResultCode.CONSTRAINT_VIOLATION),
          LdapResultCodes.isUnwilling(e.getResultCode()));
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
    return shown(entry, state).isPresent();
  }

  private static Optional<Allocation> shown(Entry entry, OwnerState state) {
    @Nullable String id = entry.getAttributeValue(SchemaNames.ALLOCATION_ID);
    return state.allocations().stream()
        .filter(a -> a.id().toString().equalsIgnoreCase(id))
        .findFirst();
  }

  /** A refused entry is not newer, whatever it shows. */
  private boolean isNewer(Entry entry, OwnerState state) {
    @Nullable Long revision = entry.getAttributeValueAsLong(SchemaNames.REVISION);
    return revision != null
        && !passedOver.contains(DnText.of(entry.getDN()))
        && shown(entry, state).filter(a -> a.revision() < revision).isPresent();
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
      connection.modify(wanted.getDN(), fromRevision(old, wanted, changes));
    }
  }

  /**
   * Replaces the change of the revision by one that deletes the value that was read: the server
   * refuses all of the changes if the entry has another value by now (RFC 4511, 4.6).
   */
  private static List<Modification> fromRevision(
      Entry old, Entry wanted, List<Modification> changes) {
    String counter =
        wanted.hasAttribute(SchemaNames.REVISION) ? SchemaNames.REVISION : SchemaNames.SERIAL;
    List<Modification> conditional = new ArrayList<>();
    if (old.hasAttribute(counter)) {
      conditional.add(
          new Modification(ModificationType.DELETE, counter, old.getAttributeValues(counter)));
    }
    conditional.add(
        new Modification(ModificationType.ADD, counter, wanted.getAttributeValues(counter)));
    changes.stream()
        .filter(change -> !change.getAttributeName().equalsIgnoreCase(counter))
        .forEach(conditional::add);
    return conditional;
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
