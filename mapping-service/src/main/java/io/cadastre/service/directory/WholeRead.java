/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Filter;
import io.cadastre.service.config.IdentityConfiguration;
import io.cadastre.service.directory.EntitlementCount.Entitled;
import io.cadastre.service.directory.Subtrees.Hits;
import io.cadastre.subid.Owner;
import java.util.List;
import java.util.Set;

/** Reads all accounts and all real IDs, in pages, and counts them. Thread-safe. */
final class WholeRead {
  private final IdentityConfiguration configuration;
  private final LdapPool pool;
  private final AccountReader reader;
  private final Filter accounts;
  private final Subtrees bases;
  private final Subtrees groupBases;
  private final Subtrees realIdBases;
  private final EntitlementCount entitlementCount;

  WholeRead(
      IdentityConfiguration configuration,
      LdapPool pool,
      AccountReader reader,
      Subtrees bases,
      Filter accounts,
      EntitlementCount entitlementCount) {
    this.configuration = configuration;
    this.pool = pool;
    this.reader = reader;
    this.accounts = accounts;
    this.bases = bases;
    this.groupBases = new Subtrees(pool, configuration.groupBases());
    this.realIdBases = new Subtrees(pool, configuration.furtherRealIdBases());
    this.entitlementCount = entitlementCount;
  }

  /** An account, and all values of its numbers. */
  private record AccountEntry(AccountRow row, EntryNumbers numbers) {}

  /**
   * Adds the accounts and the real IDs to an index.
   *
   * @return the counts
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  Census run(AccountIndexBuilder index) {
    DirectorySchema schema = DirectorySchema.read(pool, configuration.accountBases().get(0).dn());
    List<Hits<EntryNumbers>> groups =
        groupBases.read(
            IdentityDirectory.parsed(configuration.groupFilter()),
            List.of("gidNumber"),
            EntryNumbers::of,
            progress -> {});
    List<Hits<EntryNumbers>> others =
        bases.read(otherRealIds(schema), EntryNumbers.ATTRIBUTES, EntryNumbers::of, progress -> {});
    List<Hits<EntryNumbers>> further =
        realIdBases.read(
            EntryNumbers.ANY, EntryNumbers.ATTRIBUTES, EntryNumbers::of, progress -> {});
    List<Hits<AccountEntry>> found =
        bases.read(
            accounts,
            reader.attributes(),
            entry -> new AccountEntry(reader.row(entry), EntryNumbers.of(entry)),
            progress -> {});
    for (List<Hits<EntryNumbers>> numbers : List.of(groups, others, further)) {
      numbers.forEach(hits -> hits.values().forEach(index::realIds));
    }
    for (Hits<AccountEntry> hits : found) {
      for (AccountEntry account : hits.values()) {
        index.account(account.row());
        index.realIds(account.numbers());
      }
    }
    return census(found, further, schema);
  }

  /**
   * Returns a filter of the entries with a uid or gid that {@code accountFilter} leaves out: the ID
   * of a disabled account is a real ID still. They are not the negation of accountFilter, which is
   * undefined where an attribute or a class is unknown or hidden (RFC 4511, 4.5.1.7): unless it
   * asks for known object classes only, all entries with numbers are read a second time.
   */
  private Filter otherRealIds(DirectorySchema schema) {
    return DirectorySchema.attributes(accounts).equals(Set.of("objectclass"))
            && schema.hasAllOf(accounts)
        ? Filter.createANDFilter(EntryNumbers.ANY, Filter.createNOTFilter(accounts))
        : EntryNumbers.ANY;
  }

  private Census census(
      List<Hits<AccountEntry>> found, List<Hits<EntryNumbers>> further, DirectorySchema schema) {
    List<AccountRow> rows =
        found.stream().flatMap(hits -> hits.values().stream()).map(AccountEntry::row).toList();
    List<Owner> owners = rows.stream().flatMap(row -> row.owner().stream()).toList();
    Entitled entitled = entitlementCount.among(owners);
    CensusFindings findings =
        new CensusFindings(configuration, pool)
            .schema(schema)
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
}
