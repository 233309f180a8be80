/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import io.cadastre.schema.Profile;
import io.cadastre.schema.SchemaNames;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes an allocation as an LDAP entry. Pure: the same allocation has the same entry. An entry of
 * an allocation that is not active does not name the account: removing or undeleting an account
 * must not touch it, and no server's referential integrity may remove it.
 */
final class EntryCodec {
  private final Profile profile;
  private final DN base;
  private final DN retiredBase;
  private final boolean withRevision;

  EntryCodec(Profile profile, String base, String retiredBase) {
    this(profile, parsed(base), parsed(retiredBase), true);
  }

  private EntryCodec(Profile profile, DN base, DN retiredBase, boolean withRevision) {
    this.profile = profile;
    this.base = base;
    this.retiredBase = retiredBase;
    this.withRevision = withRevision;
  }

  /** The codec for a server with a schema that has no revision. */
  EntryCodec withoutRevision() {
    return new EntryCodec(profile, base, retiredBase, false);
  }

  /** Whether entries show the revision. */
  boolean hasRevision() {
    return withRevision;
  }

  /**
   * Whether an allocation needs an entry: its owner has a DN. A ledger that was rebuilt knows no DN
   * of an allocation that is not active; an entry that such an allocation has stays.
   */
  static boolean hasEntry(Allocation allocation) {
    return allocation.owner().dn().isPresent();
  }

  /** Returns the attributes of entries in either container and either profile. */
  static List<String> attributes() {
    List<String> names = new ArrayList<>();
    names.add("objectClass");
    for (Profile p : Profile.values()) {
      names.addAll(List.of(p.uidNumber(), p.uidCount(), p.gidNumber(), p.gidCount(), p.owner()));
    }
    names.add(Profile.IPA.rdnAttribute());
    names.addAll(
        List.of(
            SchemaNames.ALLOCATION_ID,
            SchemaNames.STABLE_ID,
            SchemaNames.OWNER_NAME,
            SchemaNames.OWNER_UID,
            SchemaNames.OWNER_GID,
            SchemaNames.POOL,
            SchemaNames.STATE,
            SchemaNames.SERIAL,
            SchemaNames.REVISION));
    return names;
  }

  /** Returns the DN of the entry: below the base if active, else below the retired base. */
  DN dn(Allocation allocation) {
    if (allocation.state() == AllocationState.ACTIVE) {
      String value =
          profile == Profile.IPA
              ? allocation.id().toString()
              : Long.toString(allocation.uidRange().start());
      return new DN(new RDN(profile.rdnAttribute(), value), base);
    }
    return new DN(new RDN(SchemaNames.ALLOCATION_ID, allocation.id().toString()), retiredBase);
  }

  /** Encodes an allocation; the owner of an active one has a DN. */
  Entry encode(Allocation allocation) {
    Entry entry = new Entry(dn(allocation));
    boolean active = allocation.state() == AllocationState.ACTIVE;
    // Retired entries have the names of Cadastre in either profile: no client reads them.
    Profile names = active ? profile : Profile.GENERIC;
    if (active) {
      entry.addAttribute("objectClass", names.objectClasses());
      if (profile == Profile.IPA) {
        entry.addAttribute(names.rdnAttribute(), allocation.id().toString());
      }
    } else {
      entry.addAttribute("objectClass", List.of("top", SchemaNames.RETIRED_CLASS));
    }
    entry.addAttribute("objectClass", SchemaNames.ALLOCATION_CLASS);
    addRange(entry, names.uidNumber(), names.uidCount(), allocation.uidRange());
    addRange(entry, names.gidNumber(), names.gidCount(), allocation.gidRange());
    allocation
        .owner()
        .dn()
        .filter(dn -> active)
        .ifPresent(dn -> entry.addAttribute(names.owner(), dn));
    addLedgerFields(entry, allocation);
    return entry;
  }

  private static void addRange(Entry entry, String start, String count, IdRange range) {
    entry.addAttribute(start, Long.toString(range.start()));
    entry.addAttribute(count, Long.toString(range.count()));
  }

  private void addLedgerFields(Entry entry, Allocation allocation) {
    entry.addAttribute(SchemaNames.ALLOCATION_ID, allocation.id().toString());
    entry.addAttribute(SchemaNames.STABLE_ID, allocation.owner().stableId());
    entry.addAttribute(SchemaNames.OWNER_NAME, allocation.owner().name().value());
    entry.addAttribute(SchemaNames.OWNER_UID, Long.toString(allocation.owner().uidNumber()));
    entry.addAttribute(SchemaNames.OWNER_GID, Long.toString(allocation.owner().gidNumber()));
    allocation.pool().ifPresent(pool -> entry.addAttribute(SchemaNames.POOL, pool));
    entry.addAttribute(SchemaNames.STATE, allocation.state().word());
    entry.addAttribute(SchemaNames.SERIAL, Long.toString(allocation.serial()));
    if (withRevision && allocation.revision() > 0) {
      entry.addAttribute(SchemaNames.REVISION, Long.toString(allocation.revision()));
    }
  }

  private static DN parsed(String dn) {
    try {
      return new DN(dn);
    } catch (LDAPException e) {
      throw new IllegalArgumentException("\"%s\" is not a DN: %s".formatted(dn, e.getMessage()), e);
    }
  }
}
