/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The source of accounts, and the filter of those that may own a range.
 *
 * @param connection how to reach the server; unused with an embedded directory
 * @param base the accounts lie below it; short for one of {@code bases}
 * @param accountFilter the entries that are accounts
 * @param groupBase the groups lie below it; the bases of the accounts without it
 * @param groupFilter the entries that are groups; their gidNumbers are real IDs
 * @param nameAttribute the login name; the RDN's value wins when the RDN is this attribute
 * @param stableIdAttribute the attribute that never changes for an account
 * @param entitlementFilter the accounts that get a range; all accounts without it
 * @param minimumUid the lowest uidNumber that gets a range
 * @param bases the accounts lie below one of them
 * @param dereferenceAliases the aliases that searches follow below each base that does not say it
 * @param realIdBases further bases: no range may contain an ID below them, and no account there
 *     gets a range
 */
public record IdentityConfiguration(
    @NotNull @Valid ConnectionConfiguration connection,
    @Nullable @DistinguishedName String base,
    @SearchFilter String accountFilter,
    Optional<@DistinguishedName String> groupBase,
    @SearchFilter String groupFilter,
    @Pattern(regexp = ATTRIBUTE, message = "is not an attribute name") String nameAttribute,
    @Pattern(regexp = ATTRIBUTE, message = "is not an attribute name") String stableIdAttribute,
    Optional<@SearchFilter String> entitlementFilter,
    @Min(0) @Max(0xFFFF_FFFEL) long minimumUid,
    List<@NotNull @Valid SearchBase> bases,
    @Nullable AliasDereferencing dereferenceAliases,
    List<@NotNull @Valid SearchBase> realIdBases) {
  private static final String ATTRIBUTE = "[A-Za-z][A-Za-z0-9-]*";
  private static final String ACCOUNTS = "(objectClass=posixAccount)";
  private static final String GROUPS = "(objectClass=posixGroup)";

  /** Applies the defaults. */
  public IdentityConfiguration {
    accountFilter = Objects.requireNonNullElse(accountFilter, ACCOUNTS);
    groupFilter = Objects.requireNonNullElse(groupFilter, GROUPS);
    nameAttribute = Objects.requireNonNullElse(nameAttribute, "uid");
    stableIdAttribute = Objects.requireNonNullElse(stableIdAttribute, "entryUUID");
    bases = copyOf(bases);
    realIdBases = copyOf(realIdBases);
  }

  /** Copies the list; validation refuses an element without a value. */
  private static <T> List<T> copyOf(@Nullable List<T> list) {
    return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
  }

  /** Whether the base of the accounts is given in one of the two ways. */
  @JsonIgnore
  @ValidationMethod(message = "needs base: DN, or bases: [DN, ...], and not both")
  public boolean isBaseGivenOnce() {
    return (base == null) == !bases.isEmpty();
  }

  /** The bases of the accounts, with their settings. */
  public List<SearchBase> accountBases() {
    return whole(base == null ? bases : List.of(SearchBase.of(base)));
  }

  /** The bases of the groups. */
  public List<SearchBase> groupBases() {
    return groupBase.map(dn -> whole(List.of(SearchBase.of(dn)))).orElseGet(this::accountBases);
  }

  /** The bases that are read for real IDs only, with their settings. */
  public List<SearchBase> furtherRealIdBases() {
    return whole(realIdBases);
  }

  private List<SearchBase> whole(List<SearchBase> given) {
    AliasDereferencing common =
        Objects.requireNonNullElse(dereferenceAliases, AliasDereferencing.NEVER);
    return given.stream().map(each -> each.orElse(common)).toList();
  }

  /** Defaults for an embedded directory. */
  static IdentityConfiguration within(String suffix, Optional<IdentityConfiguration> given) {
    IdentityConfiguration chosen =
        given.orElseGet(
            () ->
                new IdentityConfiguration(
                    ConnectionConfiguration.loopback(0),
                    "ou=people," + suffix,
                    ACCOUNTS,
                    Optional.of("ou=groups," + suffix),
                    GROUPS,
                    "uid",
                    "entryUUID",
                    Optional.empty(),
                    0,
                    List.of(),
                    null,
                    List.of()));
    return chosen.withBase(
        chosen.bases().isEmpty() && chosen.base() == null ? "ou=people," + suffix : chosen.base(),
        Optional.of(chosen.groupBase().orElse("ou=groups," + suffix)));
  }

  private IdentityConfiguration withBase(
      @Nullable String otherBase, Optional<String> otherGroupBase) {
    return new IdentityConfiguration(
        ConnectionConfiguration.loopback(0),
        otherBase,
        accountFilter,
        otherGroupBase,
        groupFilter,
        nameAttribute,
        stableIdAttribute,
        entitlementFilter,
        minimumUid,
        bases,
        dereferenceAliases,
        realIdBases);
  }
}
