/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idmap;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import io.cadastre.subid.IdRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The slices of the ID space that SSSD may give to the accounts of these domains. Immutable.
 *
 * <p>SSSD hashes the SID of a domain to a slice; if another domain has that slice, the next free
 * one is taken. A slice for higher RIDs has the name {@code SID-RID}, and is hashed in the same
 * way. So the slices depend on the order in which a node sees domains and RIDs, but not their set:
 * it is that of a hash table with linear probing, in which fewer keys never occupy another slot.
 * All names are inserted here, so every slice that a node can use is included.
 */
public final class SssdSlices {
  /** The slices without ID mapping: none. */
  public static final SssdSlices NONE = new SssdSlices(List.of());

  /** The 32-bit variant for x86, with SSSD's seed. */
  private static final HashFunction HASH = Hashing.murmur3_32_fixed(0xdeadbeef);

  private final List<SssdSlice> slices;

  private SssdSlices(List<SssdSlice> slices) {
    this.slices = List.copyOf(slices);
  }

  /** Returns the slices of these domains. */
  public static SssdSlices of(SssdIdMap map) {
    return new SssdSlices(new Table(map).fill());
  }

  /** All slices, by their first ID. */
  public List<SssdSlice> all() {
    return slices;
  }

  /** The domains that have slices. */
  public List<DomainSid> domains() {
    return slices.stream().map(SssdSlice::domain).distinct().toList();
  }

  /** The slice that shares an ID with the range: a domain's first one, if there is one. */
  public Optional<SssdSlice> touching(IdRange range) {
    List<SssdSlice> touched = slices.stream().filter(s -> s.ids().overlaps(range)).toList();
    return touched.stream()
        .filter(SssdSlice::isFirst)
        .findFirst()
        .or(() -> touched.stream().findFirst());
  }

  /** A hash table with linear probing, whose slots are the slices. */
  private static final class Table {
    private final SssdIdMap map;
    private final int size;
    private final SortedMap<Integer, SssdSlice> used = new TreeMap<>();

    Table(SssdIdMap map) {
      this.map = map;
      this.size = (int) ((map.rangeMax() - map.rangeMin()) / map.rangeSize());
    }

    List<SssdSlice> fill() {
      LinkedHashSet<DomainSid> domains = new LinkedHashSet<>();
      map.defaultDomainSid().ifPresent(domains::add);
      domains.addAll(map.domainSids());
      domains.forEach(domain -> add(domain, 0, domain.text()));
      for (DomainSid domain : domains) {
        for (int helper = 1; helper <= map.helperTableSize(); helper++) {
          long firstRid = helper * map.rangeSize();
          add(domain, firstRid, domain.text() + "-" + firstRid);
        }
      }
      return new ArrayList<>(used.values());
    }

    private void add(DomainSid domain, long firstRid, String name) {
      int slice =
          firstRid == 0 && map.defaultDomainSid().equals(Optional.of(domain)) ? 0 : hash(name);
      for (int probed = 0; probed < size; probed++, slice = (slice + 1) % size) {
        if (!used.containsKey(slice)) {
          used.put(slice, new SssdSlice(domain, firstRid, ids(slice)));
          return;
        }
      }
      // All slices are in use: SSSD maps no more RIDs either.
    }

    private int hash(String name) {
      return map.autoridCompat()
          ? 0
          : Integer.remainderUnsigned(HASH.hashString(name, StandardCharsets.UTF_8).asInt(), size);
    }

    private IdRange ids(int slice) {
      return new IdRange(map.rangeMin() + slice * map.rangeSize(), map.rangeSize());
    }
  }
}
