/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import java.util.Optional;

/**
 * The source of accounts, and the filter of those that may own a range.
 *
 * @param connection how to reach the server; unused with an embedded directory
 * @param base the accounts lie below it
 * @param accountFilter the entries that are accounts
 * @param groupBase the groups lie below it; {@code base} without it
 * @param groupFilter the entries that are groups; their gidNumbers are real IDs
 * @param nameAttribute the login name; the RDN's value wins when the RDN is this attribute
 * @param stableIdAttribute the attribute that never changes for an account
 * @param entitlementFilter the accounts that get a range; all accounts without it
 * @param minimumUid the lowest uidNumber that gets a range
 */
public record IdentityConfiguration(
    @NotNull @Valid ConnectionConfiguration connection,
    @NotNull @DistinguishedName String base,
    @SearchFilter String accountFilter,
    Optional<@DistinguishedName String> groupBase,
    @SearchFilter String groupFilter,
    @Pattern(regexp = ATTRIBUTE, message = "is not an attribute name") String nameAttribute,
    @Pattern(regexp = ATTRIBUTE, message = "is not an attribute name") String stableIdAttribute,
    Optional<@SearchFilter String> entitlementFilter,
    @Min(0) @Max(0xFFFF_FFFEL) long minimumUid) {
  private static final String ATTRIBUTE = "[A-Za-z][A-Za-z0-9-]*";
  private static final String ACCOUNTS = "(objectClass=posixAccount)";
  private static final String GROUPS = "(objectClass=posixGroup)";

  /** Applies the defaults. */
  public IdentityConfiguration {
    accountFilter = Objects.requireNonNullElse(accountFilter, ACCOUNTS);
    groupFilter = Objects.requireNonNullElse(groupFilter, GROUPS);
    nameAttribute = Objects.requireNonNullElse(nameAttribute, "uid");
    stableIdAttribute = Objects.requireNonNullElse(stableIdAttribute, "entryUUID");
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
                    0));
    return chosen.withBase(
        Optional.ofNullable(chosen.base()).orElse("ou=people," + suffix),
        Optional.of(chosen.groupBase().orElse("ou=groups," + suffix)));
  }

  private IdentityConfiguration withBase(String otherBase, Optional<String> otherGroupBase) {
    return new IdentityConfiguration(
        ConnectionConfiguration.loopback(0),
        otherBase,
        accountFilter,
        otherGroupBase,
        groupFilter,
        nameAttribute,
        stableIdAttribute,
        entitlementFilter,
        minimumUid);
  }
}
