/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * The place of published entries.
 *
 * @param connection how to reach the server; unused with an embedded directory
 * @param base the container of the entries that count: SSSD's ldap_subid_ranges_search_base
 * @param retiredBase the container of all others, {@code ou=retired} below {@code base} unless
 *     configured; SSSD looks for a class that its entries do not have
 */
public record PublishConfiguration(
    @NotNull @Valid ConnectionConfiguration connection,
    @NotNull @DistinguishedName String base,
    @NotNull @DistinguishedName String retiredBase) {

  /** Applies the defaults. */
  public PublishConfiguration {
    if (retiredBase == null && base != null) {
      retiredBase = "ou=retired," + base;
    }
  }

  /** Defaults for an embedded directory. */
  static PublishConfiguration within(String suffix, Optional<PublishConfiguration> given) {
    String base = given.flatMap(p -> Optional.ofNullable(p.base())).orElse("ou=subids," + suffix);
    return new PublishConfiguration(
        ConnectionConfiguration.loopback(0),
        base,
        given.flatMap(p -> Optional.ofNullable(p.retiredBase())).orElse("ou=retired," + base));
  }
}
