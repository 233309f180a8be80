/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import io.cadastre.subid.IdRange;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The real IDs of an entry: all values of its numbers that are valid IDs. An account with two
 * uidNumbers owns nothing, and both are real IDs.
 *
 * @param dn the entry
 */
record EntryNumbers(String dn, List<Long> uids, List<Long> gids) {
  /** The entries that have one. */
  static final Filter ANY =
      Filter.createORFilter(
          Filter.createPresenceFilter("uidNumber"), Filter.createPresenceFilter("gidNumber"));

  static final List<String> ATTRIBUTES = List.of("uidNumber", "gidNumber");

  static EntryNumbers of(Entry entry) {
    return new EntryNumbers(
        entry.getDN(),
        ids(entry.getAttributeValues("uidNumber")),
        ids(entry.getAttributeValues("gidNumber")));
  }

  private static List<Long> ids(String @Nullable [] values) {
    return values == null
        ? List.of()
        : Arrays.stream(values).flatMapToLong(EntryNumbers::id).boxed().toList();
  }

  private static LongStream id(String value) {
    try {
      long id = Long.parseLong(value);
      return id < 0 || id > IdRange.MAX_ID ? LongStream.empty() : LongStream.of(id);
    } catch (NumberFormatException e) {
      return LongStream.empty();
    }
  }
}
