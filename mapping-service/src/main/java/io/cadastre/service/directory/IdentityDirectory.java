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
import io.cadastre.service.directory.Subtrees.Hits;
import io.cadastre.service.idmap.DomainSid;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private final Optional<Filter> entitlement;
  private final LdapPool pool;
  private final Subtrees bases;
  private final EntitlementCount entitledAccounts;
  private final WholeRead wholeRead;
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
    this.entitlement = configuration.entitlementFilter().map(IdentityDirectory::parsed);
    this.pool = pool;
    this.bases = new Subtrees(pool, configuration.accountBases());
    this.entitledAccounts =
        new EntitlementCount(bases, reader, accounts, entitlement, configuration.minimumUid());
    this.wholeRead = new WholeRead(configuration, pool, reader, bases, accounts, entitledAccounts);
    this.lookup = new AccountLookup(bases, reader, configuration, accounts, entitlement);
  }

  /**
   * Reads all accounts, groups and other entries with a uidNumber or a gidNumber, in pages.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public AccountIndex readAll() {
    Instant time = clock.instant();
    AccountIndexBuilder builder = new AccountIndexBuilder(reader.login().nameCase());
    Census census = wholeRead.run(builder);
    AccountIndex read = builder.build(time, census);
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
   * Returns the entitled accounts that this filter matches. Takes as long as the server works.
   *
   * @param progress gets the number of accounts found so far, once a second
   * @throws IllegalArgumentException if the text is not a filter, or names an attribute that the
   *     schema lacks; the message says why
   * @throws DirectoryUnavailable if the directory does not answer
   */
  public FilteredAccounts search(String ldapFilter, LongConsumer progress) {
    Filter given = parsed(ldapFilter);
    Filter wanted = Filter.createANDFilter(accounts, given);
    List<String> unknown =
        DirectorySchema.read(pool, configuration.accountBases().get(0).dn()).unknown(given);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the directory's schema has no %s, so that no account can match \"%s\"; correct the filter, or load the schema or overlay that defines it"
              .formatted(String.join(" and no ", unknown), DnText.of(ldapFilter)));
    }
    List<Hits<AccountRow>> found =
        bases.read(
            entitlement.map(e -> Filter.createANDFilter(wanted, e)).orElse(wanted),
            reader.attributes(),
            reader::row,
            progress);
    List<AccountRow> rows =
        found.stream()
            .flatMap(hits -> hits.values().stream())
            .filter(row -> row.uid().orElse(IdRange.MAX_ID) >= configuration.minimumUid())
            .toList();
    boolean none = rows.stream().noneMatch(AccountRow::isAccount);
    return new FilteredAccounts(
        rows.stream().flatMap(row -> row.owner().stream()).map(Owner::name).distinct().toList(),
        rows.stream().flatMap(row -> row.refusal().stream()).toList(),
        none ? OptionalLong.of(count(wanted, progress)) : OptionalLong.empty(),
        found.stream().map(Hits::longestSilence).max(Comparator.naturalOrder()).orElseThrow());
  }

  /**
   * Asks which accounts of a read are entitled to a range, by stable id.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public Set<String> entitled(AccountIndex read) {
    return entitledAccounts.askedAmong(read.owners());
  }

  /**
   * Counts the accounts of each domain of Active Directory: those with an objectSid.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public Map<DomainSid, Long> domains() {
    return bases
        .read(
            Filter.createANDFilter(accounts, Filter.createPresenceFilter(OBJECT_SID)),
            List.of(OBJECT_SID),
            entry -> Optional.ofNullable(entry.getAttributeValueBytes(OBJECT_SID)),
            found -> {})
        .stream()
        .flatMap(hits -> hits.values().stream())
        .flatMap(sid -> sid.flatMap(DomainSid::ofObjectSid).stream())
        .collect(Collectors.groupingBy(sid -> sid, Collectors.counting()));
  }

  private long count(Filter filter, LongConsumer progress) {
    return bases.read(filter, List.of("1.1"), entry -> true, progress).stream()
        .mapToLong(hits -> hits.values().size())
        .sum();
  }

  static Filter parsed(String filter) {
    try {
      return Filter.create(filter);
    } catch (LDAPException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no LDAP filter: %s".formatted(filter, e.getMessage()), e);
    }
  }

  /**
   * Returns if the bases can be read.
   *
   * @throws DirectoryUnavailable if not
   */
  public void ping() {
    Stream.concat(
            configuration.accountBases().stream(), configuration.furtherRealIdBases().stream())
        .forEach(base -> pool.ping(base.dn()));
  }

  @Override
  public void close() {
    pool.close();
  }
}
