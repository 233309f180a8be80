/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.idmap.DomainSid;
import io.cadastre.service.idmap.SssdSlice;
import io.cadastre.service.idmap.SssdSlices;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds ranges that hold IDs which SSSD computes for accounts of Active Directory, and domains
 * whose IDs the configuration does not mention. Thread-safe.
 */
public final class IdMappingFindings {
  private static final String RULE = "sssd-id-mapping";
  private static final String SETTING = "identity.sssdIdMapping";

  private final Ledger ledger;
  private final Accounts accounts;
  private final Optional<SssdSlices> configured;

  /**
   * The findings about this ledger and these accounts.
   *
   * @param configured the slices of the configured domains; empty if the configuration does not say
   *     whether SSSD maps IDs
   */
  public IdMappingFindings(Ledger ledger, Accounts accounts, Optional<SssdSlices> configured) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.configured = configured;
  }

  /**
   * Returns the findings.
   *
   * @throws io.cadastre.service.directory.DirectoryUnavailable if the directory does not answer
   */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (configured.isEmpty()) {
      undecided(accounts.domains()).ifPresent(findings::add);
    } else if (!configured.get().all().isEmpty()) {
      unlisted(accounts.domains()).ifPresent(findings::add);
      ledger.read(LedgerQueries::all).stream()
          .flatMap(a -> clash(a).stream())
          .forEach(findings::add);
    }
    return findings;
  }

  private static Optional<Finding> undecided(Map<DomainSid, Long> domains) {
    return domains.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                RULE,
                Severity.WARNING,
                SETTING,
                "%d accounts have an objectSid, as in Active Directory, and %s is not set. SSSD by default ignores the uidNumber of such accounts and computes their IDs; ranges may contain these IDs"
                    .formatted(domains.values().stream().mapToLong(n -> n).sum(), SETTING),
                "If sssd.conf on all nodes has \"ldap_id_mapping = false\", set in the configuration identity: {sssdIdMapping: none}; otherwise identity: {sssdIdMapping: {domainSids: %s}}, and the domains that these trust."
                    .formatted(spelled(domains.keySet().stream()))));
  }

  private Optional<Finding> unlisted(Map<DomainSid, Long> domains) {
    List<DomainSid> listed = configured.orElse(SssdSlices.NONE).domains();
    List<DomainSid> missing = domains.keySet().stream().filter(d -> !listed.contains(d)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                RULE,
                Severity.ERROR,
                SETTING,
                "the directory has accounts of the domains %s, and %s does not list them: ranges may contain the IDs that SSSD computes for these accounts"
                    .formatted(spelled(missing.stream()), SETTING),
                "Add them to domainSids of %s in the configuration.".formatted(SETTING)));
  }

  private Optional<Finding> clash(Allocation a) {
    SssdSlices slices = configured.orElse(SssdSlices.NONE);
    String owner = a.owner().nameAndUid();
    return Stream.of(IdType.values())
        .flatMap(type -> slices.touching(a.range(type)).stream())
        .min((one, other) -> Boolean.compare(other.isFirst(), one.isFirst()))
        .map(slice -> clash(a, owner, slice));
  }

  private static Finding clash(Allocation a, String owner, SssdSlice slice) {
    return new Finding(
        "mapped-id-clash",
        slice.isFirst() ? Severity.ERROR : Severity.WARNING,
        owner,
        "the range %s of %s touches the IDs that SSSD computes for accounts and groups: %s"
            .formatted(a.uidRange(), owner, slice),
        slice.isFirst()
            ? "Supersede the allocation: in a container, the owner of the range owns the files of these accounts."
            : "Supersede the allocation before a RID of the domain reaches %d."
                .formatted(slice.firstRid()));
  }

  private static String spelled(Stream<DomainSid> domains) {
    return domains.map(DomainSid::text).sorted().collect(Collectors.joining(", ", "[", "]"));
  }
}
