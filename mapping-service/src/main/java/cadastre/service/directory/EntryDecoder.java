/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.directory;

import cadastre.schema.Profile;
import cadastre.schema.SchemaNames;
import cadastre.subid.Allocation;
import cadastre.subid.AllocationState;
import cadastre.subid.Finding;
import cadastre.subid.IdRange;
import cadastre.subid.Owner;
import cadastre.subid.OwnerName;
import cadastre.subid.Severity;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads an entry of either profile and either container back. Pure. */
final class EntryDecoder {
  private EntryDecoder() {}

  /** The entry, as ours if it carries our class and makes sense. */
  static PublishedEntry decode(Entry entry) {
    if (!entry.hasObjectClass(SchemaNames.ALLOCATION_CLASS)) {
      return foreign(entry, Optional.empty());
    }
    try {
      return new PublishedEntry.Ours(entry.getDN(), allocation(entry));
    } catch (IllegalArgumentException e) {
      return foreign(
          entry,
          Optional.of(
              new Finding(
                  "entry-unreadable",
                  Severity.ERROR,
                  entry.getDN(),
                  "the entry %s was written by Cadastre but cannot be read: %s"
                      .formatted(entry.getDN(), e.getMessage()),
                  "compare it with the ledger; reconcile rewrites an entry it can place")));
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
            Optional.ofNullable(entry.getAttributeValue(names.owner())));
    return new Allocation(
        UUID.fromString(text(entry, SchemaNames.ALLOCATION_ID)),
        owner,
        Optional.ofNullable(entry.getAttributeValue(SchemaNames.POOL)),
        range(entry, names.uidNumber(), names.uidCount()),
        range(entry, names.gidNumber(), names.gidCount()),
        AllocationState.of(text(entry, SchemaNames.STATE)),
        number(entry, SchemaNames.SERIAL));
  }

  private static PublishedEntry foreign(Entry entry, Optional<Finding> finding) {
    List<IdRange> uidRanges = new ArrayList<>();
    List<IdRange> gidRanges = new ArrayList<>();
    for (Profile p : Profile.values()) {
      readable(entry, p.uidNumber(), p.uidCount()).ifPresent(uidRanges::add);
      readable(entry, p.gidNumber(), p.gidCount()).ifPresent(gidRanges::add);
    }
    return new PublishedEntry.Foreign(
        entry.getDN(), List.copyOf(uidRanges), List.copyOf(gidRanges), finding);
  }

  private static Optional<IdRange> readable(Entry entry, String start, String count) {
    try {
      return Optional.of(range(entry, start, count));
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
      throw new IllegalArgumentException("%s \"%s\" is no number".formatted(name, value), e);
    }
  }

  private static String text(Entry entry, String name) {
    @Nullable Attribute attribute = entry.getAttribute(name);
    if (attribute == null || attribute.size() != 1) {
      throw new IllegalArgumentException("it has no single " + name);
    }
    return attribute.getValue();
  }
}
