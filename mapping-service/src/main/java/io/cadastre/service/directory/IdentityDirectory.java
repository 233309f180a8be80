/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.cadastre.service.config.IdentityConfiguration;
import io.cadastre.service.directory.AccountIndexBuilder.Row;
import io.cadastre.service.directory.AccountReader.Numbers;
import io.cadastre.service.directory.EntitledAccounts.Entitled;
import io.cadastre.service.directory.LookupResult.Account;
import io.cadastre.service.directory.LookupResult.NoAccount;
import io.cadastre.service.directory.Subtrees.Hits;
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
import java.util.stream.Stream;

/** Reads the accounts of the directory. Thread-safe. Connects on first use. */
public final class IdentityDirectory implements AutoCloseable {
  private static final String ROLE = "identity directory";
  private static final LongConsumer NO_PROGRESS = found -> {};

  /** So many long names fit slapd's limit for a request of an anonymous connection, 256 KiB. */
  private static final int NAMES_PER_SEARCH = 100;

  private final IdentityConfiguration configuration;
  private final Clock clock;
  private final AccountReader reader;
  private final Filter accounts;
  private final Filter groups;
  private final Optional<Filter> entitlement;
  private final LdapPool pool;
  private final Subtrees bases;
  private final Subtrees groupBases;
  private final Subtrees realIdBases;
  private final Filter otherRealIds;
  private final EntitledAccounts entitledAccounts;
  private final AccountLookup lookup;

  /**
   * The directory of this configuration.
   *
   * @throws IllegalArgumentException if the password or the certificates cannot be read
   */
  public IdentityDirectory(IdentityConfiguration configuration, Clock clock) {
    this(configuration, clock, LdapConnections.open(ROLE, configuration.connection()));
  }

  IdentityDirectory(IdentityConfiguration configuration, Clock clock, LdapPool pool) {
    this.configuration = configuration;
    this.clock = clock;
    this.reader =
        new AccountReader(configuration.nameAttribute(), configuration.stableIdAttribute());
    this.accounts = parsed(configuration.accountFilter());
    this.groups = parsed(configuration.groupFilter());
    this.entitlement = configuration.entitlementFilter().map(IdentityDirectory::parsed);
    this.pool = pool;
    this.bases = new Subtrees(pool, configuration.accountBases());
    this.groupBases = new Subtrees(pool, configuration.groupBases());
    this.realIdBases = new Subtrees(pool, configuration.furtherRealIdBases());
    this.otherRealIds = otherRealIds(accounts);
    this.entitledAccounts =
        new EntitledAccounts(bases, reader, accounts, entitlement, configuration.minimumUid());
    this.lookup = new AccountLookup(bases, reader, configuration, accounts, entitlement);
  }

  /**
   * Reads all accounts, groups and other entries with a uidNumber or a gidNumber, in pages.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public AccountIndex readAll() {
    Instant time = clock.instant();
    AccountIndexBuilder builder = new AccountIndexBuilder();
    groupBases
        .read(groups, List.of("gidNumber"), reader::gidNumber, NO_PROGRESS)
        .forEach(hits -> hits.values().forEach(builder::group));
    bases
        .read(otherRealIds, Numbers.ATTRIBUTES, Numbers::of, NO_PROGRESS)
        .forEach(hits -> hits.values().forEach(builder::realIds));
    List<Hits<Numbers>> further =
        realIdBases.read(Numbers.ANY, Numbers.ATTRIBUTES, Numbers::of, NO_PROGRESS);
    further.forEach(hits -> hits.values().forEach(builder::realIds));
    List<Hits<AccountEntry>> found =
        bases.read(
            accounts,
            reader.attributes(),
            entry -> new AccountEntry(row(entry), Numbers.of(entry)),
            NO_PROGRESS);
    found.stream()
        .flatMap(hits -> hits.values().stream())
        .forEach(
            account -> {
              builder.account(account.row());
              builder.realIds(account.numbers());
            });
    return builder.build(time, census(found, further));
  }

  /** An account, and all values of its numbers: one with two uidNumbers owns nothing. */
  private record AccountEntry(Row row, Numbers numbers) {}

  /**
   * Returns a filter of the entries with a uid or gid that {@code accountFilter} leaves out: the ID
   * of a disabled account is a real ID still. They are not the negation of accountFilter, which is
   * undefined where an attribute is unknown or hidden (RFC 4511, 4.5.1.7): unless it asks for object
   * classes only, all entries with numbers are read a second time.
   */
  private static Filter otherRealIds(Filter accounts) {
    return DirectorySchema.attributes(accounts).equals(Set.of("objectclass"))
        ? Filter.createANDFilter(Numbers.ANY, Filter.createNOTFilter(accounts))
        : Numbers.ANY;
  }

  private Census census(List<Hits<AccountEntry>> found, List<Hits<Numbers>> further) {
    List<Row> rows =
        found.stream().flatMap(hits -> hits.values().stream()).map(AccountEntry::row).toList();
    List<Owner> owners = rows.stream().flatMap(row -> row.owner().stream()).toList();
    Entitled entitled = entitledAccounts.among(owners);
    CensusFindings findings =
        new CensusFindings(configuration, pool)
            .schema(DirectorySchema.read(pool, configuration.accountBases().get(0).dn()))
            .accounts(found)
            .owners(rows)
            .entitled(rows.size(), owners.size(), entitled)
            .realIds(further);
    return new Census(
        found.stream()
            .map(hits -> new Census.Base(hits.base().dn(), hits.values().size()))
            .toList(),
        rows.size() - owners.size(),
        entitled.stableIds(),
        findings.findings());
  }

  private Row row(SearchResultEntry entry) {
    OptionalLong uid = reader.uidNumber(entry);
    OptionalLong gid = reader.gidNumber(entry);
    Optional<String> stableId = reader.stableId(entry);
    try {
      return new Row(
          uid, gid, stableId, Optional.of(reader.owner(entry)), Optional.empty());
    } catch (AccountRefused e) {
      return new Row(
          uid, gid, stableId, Optional.empty(), Optional.of(e.finding()));
    }
  }

  /**
   * Looks up the account with this name, byte for byte.
   *
   * @throws AccountRefused if the account exists and cannot own a range
   * @throws DirectoryUnavailable if the directory does not answer
   */
  public Optional<Account> find(OwnerName name) {
    LookupResult result = lookup.run(Set.of(name)).getOrDefault(name, new NoAccount());
    return result.fold(
        Optional::of,
        refused -> {
          throw new AccountRefused(refused.finding());
        },
        Optional::empty);
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
      results.putAll(lookup.run(new LinkedHashSet<>(distinct.subList(from, to))));
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
    List<Hits<Row>> found =
        bases.read(
            entitlement.map(e -> Filter.createANDFilter(wanted, e)).orElse(wanted),
            reader.attributes(),
            this::row,
            progress);
    List<Row> rows =
        found.stream()
            .flatMap(hits -> hits.values().stream())
            .filter(row -> row.uid().orElse(IdRange.MAX_ID) >= configuration.minimumUid())
            .toList();
    return new FilteredAccounts(
        rows.stream().flatMap(row -> row.owner().stream()).map(Owner::name).distinct().toList(),
        rows.stream().flatMap(row -> row.finding().stream()).toList(),
        rows.isEmpty() ? OptionalLong.of(count(wanted, progress)) : OptionalLong.empty(),
        found.stream().map(Hits::longestSilence).max(Comparator.naturalOrder()).orElseThrow());
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
