/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fifty forged entries as LDIF, each with another fault. */
final class ForgedEntries {
  static final int COUNT = 50;

  /** The entry that claims the whole default pool. */
  static final String LARGE = dn(id(1));

  private static final long FIRST = 1_001_062_400;

  /** The slots in entries; no owner of a test gets one. */
  private static final long SPARE = FIRST + 5000L * 65536;

  private final List<Map<String, String>> entries = new ArrayList<>();

  private ForgedEntries() {}

  static String ldif(String base) {
    return String.join("", list(base));
  }

  /** Returns the same as a list of entries. */
  static List<String> list(String base) {
    ForgedEntries all = new ForgedEntries();
    all.ranges();
    all.pools();
    all.serials();
    all.identities();
    all.rivals();
    if (all.entries.size() != COUNT) {
      throw new AssertionError("there are " + all.entries.size());
    }
    return all.entries.stream().map(entry -> text(entry, base)).toList();
  }

  private static String id(int n) {
    return "0badc0de-0000-4000-8000-%012d".formatted(n);
  }

  private static String dn(String id) {
    return "cadastreAllocationId=" + id;
  }

  private static String text(Map<String, String> entry, String base) {
    StringBuilder out = new StringBuilder("dn: ");
    out.append(dn(entry.getOrDefault("cadastreAllocationId", ""))).append(',').append(base);
    out.append("\nobjectClass: top\nobjectClass: cadastreAllocation\n");
    entry.forEach((name, value) -> out.append(name).append(": ").append(value).append('\n'));
    return out.append('\n').toString();
  }

  /** Adds an entry that is valid except for the changes of the caller. */
  private Map<String, String> add(String... changed) {
    int n = entries.size() + 1;
    Map<String, String> entry = new LinkedHashMap<>();
    String start = Long.toString(SPARE + n * 65536L);
    entry.put("objectClass", "subordinateIdEntry");
    entry.put("cadastreAllocationId", id(n));
    entry.put("subUidNumber", start);
    entry.put("subUidCount", "65536");
    entry.put("subGidNumber", start);
    entry.put("subGidCount", "65536");
    entry.put("subidRangeOwner", "uid=forged" + n + ",ou=people,dc=example,dc=org");
    entry.put("cadastreStableId", "entryUUID:forged" + n);
    entry.put("cadastreOwnerName", "forged" + n);
    entry.put("cadastreOwnerUid", Integer.toString(9000 + n));
    entry.put("cadastreOwnerGid", "9000");
    entry.put("cadastrePool", "default");
    entry.put("cadastreState", "active");
    entry.put("cadastreSerial", "3");
    for (int i = 0; i < changed.length; i += 2) {
      entry.put(changed[i], changed[i + 1]);
    }
    entry.values().removeIf(String::isEmpty);
    entries.add(entry);
    return entry;
  }

  private void range(long start, long count, String pool) {
    add(
        "subUidNumber",
        Long.toString(start),
        "subGidNumber",
        Long.toString(start),
        "subUidCount",
        Long.toString(count),
        "subGidCount",
        Long.toString(count),
        "cadastrePool",
        pool);
  }

  /** 13 faults of ranges: the whole pool, reserved IDs, no range. */
  private void ranges() {
    range(600_100_001, 1_500_000_000, "");
    range(0, 65536, "");
    range(0, 900_000_000, "");
    range(1000, 1, "");
    range(65534, 1, "");
    range(500_000, 65536, "");
    range(2_147_352_576L, 1000, "");
    range(2_147_483_648L, 65536, "");
    range(4_294_000_000L, 65536, "");
    range(4_294_967_294L, 65536, "");
    range(700_000_000, 0, "");
    range(700_000_000, -1, "");
    range(-1, 65536, "");
  }

  /** 7. */
  private void pools() {
    range(SPARE + 900 * 65536L, 65536, "none");
    range(SPARE + 901 * 65536L, 65536, "x".repeat(300));
    range(SPARE + 902 * 65536L + 1, 65536, "default");
    range(SPARE + 904 * 65536L, 131072, "default");
    range(SPARE + 906 * 65536L, 32768, "default");
    range(700_000_000, 65536, "default");
    add("subGidNumber", Long.toString(SPARE));
  }

  /** 7. */
  private void serials() {
    for (String serial :
        List.of(
            "9223372036854775807",
            "9223372036854775808",
            "9007199254740992",
            "0",
            "-9223372036854775808",
            "5000000",
            "5000001")) {
      add("cadastreSerial", serial);
    }
  }

  /** 15 faults of owners: not allowed to own a range, or not readable. */
  private void identities() {
    add("cadastreOwnerUid", "0");
    add("cadastreOwnerUid", "65534");
    add("cadastreOwnerUid", "4294967295");
    add("cadastreOwnerGid", "-1");
    add("cadastreOwnerName", "root");
    add("cadastreOwnerName", "daemon");
    add("cadastreOwnerName", "systemd-x");
    add("cadastreOwnerName", "a:b");
    add("cadastreOwnerName", "1234");
    add("cadastreStableId", "x".repeat(256));
    add("subidRangeOwner", "uid=" + "x".repeat(4000) + ",ou=people,dc=example,dc=org");
    add("cadastreState", "bogus");
    add("cadastreState", "retired");
    add("objectClass", "cadastreRetiredRange");
    add("cadastreAllocationId", "1-1-1-1-1");
  }

  /** 8 entries in pairs that contradict each other. */
  private void rivals() {
    add("cadastreStableId", "entryUUID:one");
    add("cadastreStableId", "entryUUID:one");
    add("cadastreOwnerName", "one");
    add("cadastreOwnerName", "one");
    add("cadastreOwnerUid", "8999");
    add("cadastreOwnerUid", "8999");
    range(SPARE + 950 * 65536L, 65536, "default");
    range(SPARE + 950 * 65536L, 65536, "default");
  }
}
