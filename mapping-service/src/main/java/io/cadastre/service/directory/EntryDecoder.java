/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import io.cadastre.schema.Profile;
import io.cadastre.schema.SchemaNames;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Severity;
import io.cadastre.subid.StoredText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decodes an entry of either profile and either container. Pure. */
final class EntryDecoder {
  private EntryDecoder() {}

  /** Matches every entry that holds subordinate IDs. */
  static Filter filter() {
    List<Filter> classes = new ArrayList<>();
    classes.add(Filter.createEqualityFilter("objectClass", SchemaNames.ALLOCATION_CLASS));
    classes.add(Filter.createEqualityFilter("objectClass", SchemaNames.RETIRED_CLASS));
    for (Profile profile : Profile.values()) {
      profile.objectClasses().stream()
          .filter(name -> !name.equals("top"))
          .forEach(name -> classes.add(Filter.createEqualityFilter("objectClass", name)));
    }
    return Filter.createORFilter(classes);
  }

  /** Decodes the entry; it is ours if it has our class and is valid. */
  static PublishedEntry decode(Entry entry) {
    if (!entry.hasObjectClass(SchemaNames.ALLOCATION_CLASS)) {
      return foreign(entry, Optional.empty());
    }
    try {
      return new PublishedEntry.Ours(entry.getDN(), allocation(entry));
    } catch (IllegalArgumentException e) {
      String dn = DnText.of(entry.getDN());
      return foreign(
          entry,
          Optional.of(
              new Finding(
                  "entry-unreadable",
                  Severity.ERROR,
                  dn,
                  "the entry %s has Cadastre's class but cannot be read: %s"
                      .formatted(dn, DnText.of(String.valueOf(e.getMessage()))),
                  "If the ledger has its allocation, run: cadastre reconcile --repair. Otherwise"
                      + " delete it once its range is no longer in use.")));
    }
  }

  private static Allocation allocation(Entry entry) {
    Profile names =
        Arrays.stream(Profile.values())
            .filter(p -> entry.hasObjectClass(p.searchedClass()))
            .findFirst()
            .orElse(Profile.GENERIC);
    Owner owner =
        new Owner(
            text(entry, SchemaNames.STABLE_ID),
            new OwnerName(text(entry, SchemaNames.OWNER_NAME)),
            number(entry, SchemaNames.OWNER_UID),
            number(entry, SchemaNames.OWNER_GID),
            optional(entry, names.owner()));
    StoredText.check(owner);
    return new Allocation(
        id(entry),
        owner,
        optional(entry, SchemaNames.POOL),
        range(entry, names.uidNumber(), names.uidCount()),
        range(entry, names.gidNumber(), names.gidCount()),
        state(entry),
        number(entry, SchemaNames.SERIAL),
        revision(entry));
  }

  /** UUID.fromString accepts other texts as well, by which a search would not find the entry. */
  private static UUID id(Entry entry) {
    String text = text(entry, SchemaNames.ALLOCATION_ID);
    UUID id = UUID.fromString(text);
    if (!id.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("\"%s\" is not a UUID".formatted(text));
    }
    return id;
  }

  /** Only an active allocation has the class that SSSD reads. */
  private static AllocationState state(Entry entry) {
    AllocationState state = AllocationState.of(text(entry, SchemaNames.STATE));
    if ((state == AllocationState.ACTIVE) == entry.hasObjectClass(SchemaNames.RETIRED_CLASS)) {
      throw new IllegalArgumentException(
          "its state %s does not fit its object class".formatted(state.word()));
    }
    return state;
  }

  /** An entry of an earlier version has no revision, which is 0. */
  private static long revision(Entry entry) {
    if (!entry.hasAttribute(SchemaNames.REVISION)) {
      return 0;
    }
    long revision = number(entry, SchemaNames.REVISION);
    if (revision < 1) {
      throw new IllegalArgumentException(
          "its %s %d is not positive".formatted(SchemaNames.REVISION, revision));
    }
    return revision;
  }

  private static PublishedEntry foreign(Entry entry, Optional<Finding> finding) {
    List<IdRange> uidRanges = new ArrayList<>();
    List<IdRange> gidRanges = new ArrayList<>();
    for (Profile p : Profile.values()) {
      readable(entry, p.uidNumber(), p.uidCount()).ifPresent(uidRanges::add);
      readable(entry, p.gidNumber(), p.gidCount()).ifPresent(gidRanges::add);
    }
    return new PublishedEntry.Foreign(
        entry.getDN(),
        List.copyOf(uidRanges),
        List.copyOf(gidRanges),
        finding,
        finding.flatMap(unreadable -> readableId(entry)));
  }

  private static Optional<UUID> readableId(Entry entry) {
    try {
      return Optional.of(id(entry));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<IdRange> readable(Entry entry, String start, String count) {
    try {
      long first = number(entry, start);
      long most = IdRange.MAX_ID - first + 1;
      // A range that leaves the ID space still takes the part inside.
      return Optional.of(new IdRange(first, Math.min(number(entry, count), most)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static IdRange range(Entry entry, String start, String count) {
    return new IdRange(number(entry, start), number(entry, count));
  }

  private static long number(Entry entry, String name) {
    String value = text(entry, name);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s \"%s\" is not a number".formatted(name, value), e);
    }
  }

  private static Optional<String> optional(Entry entry, String name) {
    return entry.hasAttribute(name) ? Optional.of(text(entry, name)) : Optional.empty();
  }

  private static String text(Entry entry, String name) {
    @Nullable Attribute attribute = entry.getAttribute(name);
    if (attribute == null || attribute.size() != 1) {
      throw new IllegalArgumentException("it has no single " + name);
    }
    return attribute.getValue();
  }
}
