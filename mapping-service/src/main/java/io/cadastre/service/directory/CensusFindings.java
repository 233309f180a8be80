/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.service.config.IdentityConfiguration;
import io.cadastre.service.config.SearchBase;
import io.cadastre.service.directory.Subtrees.Hits;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges a whole read of the accounts: what of the configuration does not fit the directory. */
final class CensusFindings {
  private static final Duration SLOW = Duration.ofSeconds(5);
  private static final int ENTRIES_COUNTED = 1000;

  private final IdentityConfiguration configuration;
  private final LdapPool pool;
  private final List<Finding> findings = new ArrayList<>();

  CensusFindings(IdentityConfiguration configuration, LdapPool pool) {
    this.configuration = configuration;
    this.pool = pool;
  }

  /** The findings so far. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** A name of the configuration that the schema lacks. */
  CensusFindings schema(DirectorySchema schema) {
    check(schema, "accountFilter", configuration.accountFilter());
    configuration.entitlementFilter().ifPresent(f -> check(schema, "entitlementFilter", f));
    check(schema, "groupFilter", configuration.groupFilter());
    check(schema, "nameAttribute", "(%s=*)".formatted(configuration.nameAttribute()));
    check(schema, "stableIdAttribute", "(%s=*)".formatted(configuration.stableIdAttribute()));
    if (!schema.isReadable()) {
      add(
          "schema-unreadable",
          Severity.INFO,
          "the identity directory",
          "the directory does not show its schema, so a misspelt attribute in a filter cannot be told",
          "Let the service's DN read the subschema entry.");
    }
    return this;
  }

  private void check(DirectorySchema schema, String setting, String filter) {
    for (String name : schema.unknown(IdentityDirectory.parsed(filter))) {
      add(
          "attribute-unknown",
          setting.equals("groupFilter") ? Severity.WARNING : Severity.ERROR,
          setting,
          "%s names the %s, which the directory's schema lacks: no entry matches this"
              .formatted(setting, name),
          "Correct %s, or load the schema or overlay that defines it.".formatted(setting));
    }
  }

  /** Bases without accounts, and slow ones. */
  CensusFindings accounts(List<? extends Hits<?>> accounts) {
    boolean none = accounts.stream().allMatch(hits -> hits.values().isEmpty());
    for (Hits<?> hits : accounts) {
      if (hits.values().isEmpty()) {
        empty(hits.base(), none);
      }
      if (hits.longestSilence().compareTo(SLOW) > 0) {
        add(
            "accounts-slow",
            Severity.WARNING,
            DnText.of(hits.base().dn()),
            "the directory needed up to %d s for a page of the accounts that match accountFilter %s"
                .formatted(
                    hits.longestSilence().toSeconds(), DnText.of(configuration.accountFilter())),
            "Give the directory indexes for the attributes of accountFilter, or choose the accounts by an equality.");
      }
    }
    return this;
  }

  private void empty(SearchBase base, boolean none) {
    String dn = DnText.of(base.dn());
    long aliases = base.dereferencing().followsBelowBase() ? 0 : count(base, "(objectClass=alias)");
    add(
        "no-accounts",
        none ? Severity.ERROR : Severity.WARNING,
        dn,
        "0 entries below %s match accountFilter %s; the service sees %s there%s"
            .formatted(
                dn,
                DnText.of(configuration.accountFilter()),
                entries(count(base, "(objectClass=*)")),
                aliases > 0 ? ", " + entries(aliases) + " of them aliases" : ""),
        aliases > 0
            ? "Set dereferenceAliases: always for this base."
            : "Correct the base or accountFilter, or let the service's DN read the accounts.");
  }

  private long count(SearchBase base, String filter) {
    return pool.count(base, IdentityDirectory.parsed(filter), ENTRIES_COUNTED);
  }

  private static String entries(long count) {
    return count >= ENTRIES_COUNTED
        ? "%d entries or more".formatted(ENTRIES_COUNTED)
        : "%d entries".formatted(count);
  }

  /** Accounts of which none can own a range: an attribute of the configuration is the wrong one. */
  CensusFindings owners(List<AccountRow> accounts) {
    if (accounts.isEmpty() || accounts.stream().anyMatch(row -> row.owner().isPresent())) {
      return this;
    }
    String stableId = configuration.stableIdAttribute();
    boolean noStableId = accounts.stream().allMatch(row -> row.stableId().isEmpty());
    boolean noUid = accounts.stream().allMatch(row -> row.uid().isEmpty());
    Optional<Finding> first = accounts.stream().flatMap(row -> row.refusal().stream()).findFirst();
    add(
        "no-owners",
        Severity.ERROR,
        "accountFilter",
        "%d accounts match accountFilter, and 0 of them can own a range: %s"
            .formatted(
                accounts.size(),
                noStableId
                    ? "none has a readable %s, the stableIdAttribute".formatted(stableId)
                    : noUid
                        ? "none has a readable uidNumber"
                        : first.map(Finding::message).orElse("see the audit")),
        noStableId
            ? "Set stableIdAttribute to what this directory has: entryUUID, nsUniqueId, ipaUniqueID, or objectGUID on Active Directory."
            : noUid
                ? "Let the service's DN read uidNumber; on Active Directory give the accounts one."
                : "Correct nameAttribute, accountFilter or the entries.");
    return this;
  }

  /** Accounts of which none is entitled. */
  CensusFindings entitled(long accounts, long owners, EntitlementCount.Entitled entitled) {
    entitled.finding().ifPresent(findings::add);
    if (owners > 0 && entitled.stableIds().filter(Set::isEmpty).isPresent()) {
      add(
          "none-entitled",
          Severity.ERROR,
          "entitlementFilter",
          "%d match accountFilter, 0 are entitled: %sminimumUid %d"
              .formatted(
                  accounts,
                  configuration
                      .entitlementFilter()
                      .map(f -> "entitlementFilter %s, ".formatted(DnText.of(f)))
                      .orElse(""),
                  configuration.minimumUid()),
          "Correct entitlementFilter or minimumUid; memberOf needs the memberof overlay of slapd, or the plugin of 389-DS.");
    }
    return this;
  }

  /** Bases that were configured for their real IDs and show none. */
  CensusFindings realIds(List<? extends Hits<?>> ids) {
    for (Hits<?> hits : ids) {
      if (hits.values().isEmpty()) {
        add(
            "no-real-ids",
            Severity.WARNING,
            DnText.of(hits.base().dn()),
            "0 entries below %s have a readable uidNumber or gidNumber: realIdBases protects none there"
                .formatted(DnText.of(hits.base().dn())),
            "Correct realIdBases, or let the service's DN read the numbers.");
      }
    }
    return this;
  }

  private void add(String rule, Severity severity, String subject, String message, String remedy) {
    findings.add(new Finding(rule, severity, subject, message, remedy));
  }
}
