/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Filter;
import io.cadastre.service.config.IdentityConfiguration;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks up accounts by name with three searches: for the names, for accounts that share a uidNumber
 * or a stable id, and for the entitlement if there is a filter for it. The accounts are judged by
 * the code of the whole read. Immutable.
 */
final class AccountLookup {
  private final Subtrees bases;
  private final AccountReader reader;
  private final IdentityConfiguration configuration;
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
    this.configuration = configuration;
    this.accounts = accounts;
    this.entitlement = entitlement;
  }

  /**
   * Looks up these names and returns a result for each, in their order.
   *
   * @param shared whether the last whole read found several accounts with this stable id; asked for
   *     ids that the server chooses, which are not searched for otherwise: an index for them is
   *     rare
   */
  Map<OwnerName, LookupResult> run(Set<OwnerName> names, Predicate<String> shared) {
    Filter byName =
        Filter.createORFilter(
            spellings(names).map(s -> equality(reader.login().attribute(), s)).toList());
    List<FoundAccount> found = search(byName);
    List<FoundAccount> asked = found.stream().filter(f -> f.hasAnyOf(names)).toList();
    Map<String, AccountRow> rows = new LinkedHashMap<>();
    Stream.concat(found.stream(), sharing(asked, shared).stream())
        .forEach(f -> rows.putIfAbsent(f.row().dn(), f.row()));
    AccountIndexBuilder judged = new AccountIndexBuilder(reader.login().nameCase());
    rows.values().forEach(judged::account);
    LookupAnswers answers = new LookupAnswers(found, judged, entitled(asked, byName));
    Map<OwnerName, LookupResult> results = new LinkedHashMap<>();
    names.forEach(name -> results.put(name, answers.of(name)));
    return results;
  }

  /**
   * Returns the names in both normal forms of Unicode: servers differ in whether they equate them,
   * and an account in the other form is named in the refusal.
   */
  private static Stream<String> spellings(Set<OwnerName> names) {
    return names.stream()
        .map(OwnerName::value)
        .flatMap(
            name ->
                Stream.of(
                    name,
                    Normalizer.normalize(name, Normalizer.Form.NFC),
                    Normalizer.normalize(name, Normalizer.Form.NFD)))
        .distinct();
  }

  /** Returns the accounts with the uidNumber or the stable id of one of these. */
  private List<FoundAccount> sharing(List<FoundAccount> asked, Predicate<String> shared) {
    Set<Filter> same = new HashSet<>();
    for (FoundAccount account : asked) {
      account
          .row()
          .owner()
          .ifPresent(o -> same.add(equality("uidNumber", Long.toString(o.uidNumber()))));
      account
          .row()
          .stableId()
          .filter(id -> !reader.stableId().isChosenByTheServer() || shared.test(id))
          .flatMap(id -> reader.stableId().bytes(account.entry()))
          .ifPresent(
              value -> same.add(Filter.createEqualityFilter(reader.stableId().attribute(), value)));
    }
    return same.isEmpty() ? List.of() : search(Filter.createORFilter(same));
  }

  private Set<String> entitled(List<FoundAccount> asked, Filter byName) {
    Set<String> entitled = new HashSet<>();
    asked.stream()
        .flatMap(f -> f.row().owner().stream())
        .filter(o -> o.uidNumber() >= configuration.minimumUid())
        .map(Owner::stableId)
        .forEach(entitled::add);
    if (entitlement.isPresent() && !entitled.isEmpty()) {
      Set<String> matched = new HashSet<>();
      Filter both = Filter.createANDFilter(accounts, entitlement.get(), byName);
      bases
          .find(both, List.of(reader.stableId().attribute()), reader.stableId()::of)
          .forEach(id -> id.ifPresent(matched::add));
      entitled.retainAll(matched);
    }
    return entitled;
  }

  private List<FoundAccount> search(Filter filter) {
    return bases.find(
        Filter.createANDFilter(accounts, filter),
        reader.attributes(),
        entry -> new FoundAccount(entry, reader.row(entry)));
  }

  private static Filter equality(String attribute, String value) {
    return Filter.createEqualityFilter(attribute, value);
  }
}
