/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.cadastre.service.config.IdentityConfiguration;
import io.cadastre.service.directory.LookupResult.Account;
import io.cadastre.service.directory.LookupResult.NoAccount;
import io.cadastre.service.directory.LookupResult.RefusedAccount;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks up accounts by name with three searches: for the names, for accounts that share a
 * uidNumber, and for the entitlement if there is a filter for it. Immutable.
 */
final class AccountLookup {
  private final Subtrees bases;
  private final AccountReader reader;
  private final long minimumUid;
  private final Filter accounts;
  private final Optional<Filter> entitlement;

  AccountLookup(
      Subtrees bases,
      AccountReader reader,
      IdentityConfiguration configuration,
      Filter accounts,
      Optional<Filter> entitlement) {
    this.bases = bases;
    this.reader = reader;
    this.minimumUid = configuration.minimumUid();
    this.accounts = accounts;
    this.entitlement = entitlement;
  }

  /** Looks up these names and returns a result for each, in their order. */
  Map<OwnerName, LookupResult> run(Set<OwnerName> names) {
    Filter byName = any(reader.nameAttribute(), names.stream().map(OwnerName::value));
    Map<OwnerName, List<Owner>> owners = new HashMap<>();
    Map<OwnerName, Finding> refused = new HashMap<>();
    for (SearchResultEntry entry : search(byName, reader.attributes())) {
      Optional<OwnerName> name = name(entry).filter(names::contains);
      if (name.isPresent()) {
        try {
          owners.computeIfAbsent(name.get(), n -> new ArrayList<>(1)).add(reader.owner(entry));
        } catch (AccountRefused e) {
          refused.put(name.get(), e.finding());
        }
      }
    }
    List<Owner> found = owners.values().stream().flatMap(List::stream).toList();
    Map<Long, Integer> accountsPerUid = accountsPerUid(found);
    Set<String> entitled = entitled(found, byName);
    Map<OwnerName, LookupResult> answers = new LinkedHashMap<>();
    for (OwnerName name : names) {
      List<Owner> named = owners.getOrDefault(name, List.of());
      if (refused.containsKey(name)) {
        answers.put(name, new RefusedAccount(refused.get(name)));
      } else if (named.isEmpty()) {
        answers.put(name, new NoAccount());
      } else {
        Owner owner = named.get(0);
        boolean shared = accountsPerUid.getOrDefault(owner.uidNumber(), 0) > 1;
        answers.put(
            name,
            new Account(owner, entitled.contains(owner.stableId()), named.size() > 1 || shared));
      }
    }
    return answers;
  }

  /** LDAP ignores the case of names, a node does not: subuid(5). */
  private Optional<OwnerName> name(SearchResultEntry entry) {
    try {
      return Optional.of(reader.name(entry));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Map<Long, Integer> accountsPerUid(Collection<Owner> owners) {
    Map<Long, Integer> count = new HashMap<>();
    if (!owners.isEmpty()) {
      Filter byUid = any("uidNumber", owners.stream().map(o -> Long.toString(o.uidNumber())));
      search(byUid, List.of("uidNumber"))
          .forEach(e -> reader.uidNumber(e).ifPresent(uid -> count.merge(uid, 1, Integer::sum)));
    }
    return count;
  }

  private Set<String> entitled(Collection<Owner> owners, Filter byName) {
    Set<String> entitled = new HashSet<>();
    owners.stream()
        .filter(o -> o.uidNumber() >= minimumUid)
        .forEach(o -> entitled.add(o.stableId()));
    if (entitlement.isPresent() && !entitled.isEmpty()) {
      Set<String> matched = new HashSet<>();
      Filter both = Filter.createANDFilter(entitlement.get(), byName);
      search(both, List.of(reader.stableIdAttribute()))
          .forEach(e -> reader.stableId(e).ifPresent(matched::add));
      entitled.retainAll(matched);
    }
    return entitled;
  }

  private List<SearchResultEntry> search(Filter filter, List<String> attributes) {
    return bases.find(Filter.createANDFilter(accounts, filter), attributes, e -> e);
  }

  private static Filter any(String attribute, Stream<String> values) {
    return Filter.createORFilter(
        values.distinct().map(v -> Filter.createEqualityFilter(attribute, v)).toList());
  }
}
