/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.cadastre.service.config.AliasDereferencing;
import io.cadastre.service.config.SearchBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Searches below several bases. An entry that two of them hold, or that an alias names as well, is
 * found once. Immutable.
 */
final class Subtrees {
  private final LdapPool pool;
  private final List<SearchBase> bases;
  private final boolean mayRepeat;

  Subtrees(LdapPool pool, List<SearchBase> bases) {
    this.pool = pool;
    this.bases = List.copyOf(bases);
    this.mayRepeat =
        bases.stream().anyMatch(b -> b.dereferencing() != AliasDereferencing.NEVER)
            || bases.stream().anyMatch(b -> bases.stream().filter(a -> holds(a, b)).count() > 1);
  }

  /**
   * What a search found below one base.
   *
   * @param values those that no earlier base has
   */
  record Hits<T>(SearchBase base, List<T> values, Duration longestSilence) {}

  /** An entry of a search, and the key that it has everywhere. */
  private record Keyed<T>(String key, T value) {}

  private static boolean holds(SearchBase upper, SearchBase lower) {
    try {
      return DN.isDescendantOf(lower.dn(), upper.dn(), true);
    } catch (LDAPException e) {
      throw new IllegalStateException("the configuration's DNs were checked", e);
    }
  }

  /** Reads few entries, within the response timeout. */
  <T> List<T> find(Filter filter, List<String> attributes, Function<SearchResultEntry, T> reading) {
    List<T> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (SearchBase base : bases) {
      all.addAll(once(pool.search(base, filter, attributes, e -> keyed(e, reading)), seen));
    }
    return all;
  }

  /**
   * Reads any number of entries, for as long as the server works; a result for each base.
   *
   * @param progress gets the number of entries found so far, once a second
   */
  <T> List<Hits<T>> read(
      Filter filter,
      List<String> attributes,
      Function<SearchResultEntry, T> reading,
      LongConsumer progress) {
    List<Hits<T>> hits = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    long before = 0;
    for (SearchBase base : bases) {
      long soFar = before;
      PatientSearch search = new PatientSearch(pool, n -> progress.accept(soFar + n));
      PatientSearch.Found<Keyed<T>> found =
          search.run(base, filter, attributes, e -> keyed(e, reading));
      hits.add(new Hits<>(base, once(found.values(), seen), found.longestSilence()));
      before += found.values().size();
    }
    return hits;
  }

  private <T> Keyed<T> keyed(SearchResultEntry entry, Function<SearchResultEntry, T> reading) {
    return new Keyed<>(mayRepeat ? EntryDiff.normalized(entry.getDN()) : "", reading.apply(entry));
  }

  private <T> List<T> once(List<Keyed<T>> found, Set<String> seen) {
    return found.stream()
        .filter(each -> !mayRepeat || seen.add(each.key()))
        .map(Keyed::value)
        .toList();
  }
}
