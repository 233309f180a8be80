/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import io.cadastre.service.config.IdentityConfiguration;
import io.cadastre.service.config.NameCase;
import io.cadastre.service.directory.LookupResult.Account;
import io.cadastre.service.directory.LookupResult.NoAccount;
import io.cadastre.service.idmap.DomainSid;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the accounts of the directory. Thread-safe. Connects on first use. */
public final class IdentityDirectory implements AutoCloseable {
  private static final String ROLE = "identity directory";

  /** So many long names fit slapd's limit for a request of an anonymous connection, 256 KiB. */
  private static final int NAMES_PER_SEARCH = 100;

  private static final String OBJECT_SID = "objectSid";

  private final IdentityConfiguration configuration;
  private final Clock clock;
  private final AccountReader reader;
  private final Filter accounts;
  private final Filter groups;
  private final Optional<Filter> entitlement;
  private final LdapPool pool;
  private final AccountLookup lookup;

  /** The stable ids that several accounts of the last read have. */
  private volatile Set<String> shared = Set.of();

  /** The directory of this configuration, with login names as it spells them. */
  public IdentityDirectory(IdentityConfiguration configuration, Clock clock) {
    this(configuration, NameCase.PRESERVE, clock);
  }

  /**
   * The directory of this configuration, with login names in this case.
   *
   * @throws IllegalArgumentException if the password or the certificates cannot be read
   */
  public IdentityDirectory(IdentityConfiguration configuration, NameCase nameCase, Clock clock) {
    this(configuration, nameCase, clock, LdapConnections.open(ROLE, configuration.connection()));
  }

  IdentityDirectory(IdentityConfiguration configuration, Clock clock, LdapPool pool) {
    this(configuration, NameCase.PRESERVE, clock, pool);
  }

  IdentityDirectory(
      IdentityConfiguration configuration, NameCase nameCase, Clock clock, LdapPool pool) {
    this.configuration = configuration;
    this.clock = clock;
    this.reader =
        new AccountReader(
            new LoginName(configuration.nameAttribute(), nameCase),
            new StableId(configuration.stableIdAttribute()));
    this.accounts = parsed(configuration.accountFilter());
    this.groups = parsed(configuration.groupFilter());
    this.entitlement = configuration.entitlementFilter().map(IdentityDirectory::parsed);
    this.pool = pool;
    this.lookup = new AccountLookup(pool, reader, configuration, accounts, entitlement);
  }

  /**
   * Reads all accounts and groups, in pages.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public AccountIndex readAll() {
    Instant time = clock.instant();
    AccountIndexBuilder builder = new AccountIndexBuilder(reader.login().nameCase());
    pool.search(
            configuration.groupBase().orElse(configuration.base()),
            groups,
            List.of("gidNumber"),
            reader::gidNumber)
        .forEach(gid -> gid.ifPresent(builder::realGid));
    pool.search(configuration.base(), accounts, reader.attributes(), reader::row)
        .forEach(builder::account);
    AccountIndex read = builder.build(time);
    shared = builder.sharedStableIds();
    return read;
  }

  /**
   * Looks up the account with this name, byte for byte.
   *
   * @throws AccountRefused if the account exists and cannot own a range
   * @throws DirectoryUnavailable if the directory does not answer
   */
  public Optional<Account> find(OwnerName name) {
    LookupResult result =
        lookup.run(Set.of(name), shared::contains).getOrDefault(name, new NoAccount());
    return result.fold(
        Optional::of,
        refused -> {
          throw new AccountRefused(refused.finding());
        },
        none -> Optional.empty());
  }

  /**
   * Looks up the accounts with these names, byte for byte: three searches for {@value
   * #NAMES_PER_SEARCH} of them.
   *
   * @return a result for every name, in their order
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public Map<OwnerName, LookupResult> findAll(Collection<OwnerName> names) {
    Map<OwnerName, LookupResult> results = new LinkedHashMap<>();
    List<OwnerName> distinct = names.stream().distinct().toList();
    for (int from = 0; from < distinct.size(); from += NAMES_PER_SEARCH) {
      int to = Math.min(distinct.size(), from + NAMES_PER_SEARCH);
      results.putAll(lookup.run(new LinkedHashSet<>(distinct.subList(from, to)), shared::contains));
    }
    return results;
  }

  /**
   * Returns the accounts that this filter matches, except those that cannot own a range: these are
   * findings of {@link #readAll()}.
   *
   * @throws IllegalArgumentException if the text is not a filter; the message says why
   * @throws DirectoryUnavailable if the directory does not answer
   */
  public List<Account> search(String ldapFilter) {
    Filter wanted = Filter.createANDFilter(accounts, parsed(ldapFilter));
    AccountIndex all = readAll();
    Set<String> matched = stableIds(wanted);
    Set<String> entitled =
        entitlement.map(e -> stableIds(Filter.createANDFilter(wanted, e))).orElse(matched);
    List<Account> found = new ArrayList<>();
    for (Owner owner : all.owners()) {
      if (matched.contains(owner.stableId())) {
        boolean isEntitled =
            entitled.contains(owner.stableId()) && owner.uidNumber() >= configuration.minimumUid();
        found.add(new Account(owner, isEntitled, all.isAmbiguous(owner.stableId())));
      }
    }
    return found;
  }

  private Set<String> stableIds(Filter filter) {
    Set<String> ids = new HashSet<>();
    pool.search(
            configuration.base(),
            filter,
            List.of(configuration.stableIdAttribute()),
            reader.stableId()::of)
        .forEach(id -> id.ifPresent(ids::add));
    return ids;
  }

  /**
   * Counts the accounts of each domain of Active Directory: those with an objectSid.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public Map<DomainSid, Long> domains() {
    return pool
        .search(
            configuration.base(),
            Filter.createANDFilter(accounts, Filter.createPresenceFilter(OBJECT_SID)),
            List.of(OBJECT_SID),
            entry -> Optional.ofNullable(entry.getAttributeValueBytes(OBJECT_SID)))
        .stream()
        .flatMap(sid -> sid.flatMap(DomainSid::ofObjectSid).stream())
        .collect(Collectors.groupingBy(sid -> sid, Collectors.counting()));
  }

  private static Filter parsed(String filter) {
    try {
      return Filter.create(filter);
    } catch (LDAPException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no LDAP filter: %s".formatted(filter, e.getMessage()), e);
    }
  }

  /**
   * Returns if the base can be read.
   *
   * @throws DirectoryUnavailable if not
   */
  public void ping() {
    pool.ping(configuration.base());
  }

  @Override
  public void close() {
    pool.close();
  }
}
