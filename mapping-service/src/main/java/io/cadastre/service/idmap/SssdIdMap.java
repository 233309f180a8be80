/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idmap;

import java.util.List;
import java.util.Optional;

/**
 * SSSD's settings of ID mapping, equal on all nodes (sssd-ldap(5), "ID MAPPING").
 *
 * @param domainSids the domains, in any order
 * @param defaultDomainSid {@code ldap_idmap_default_domain_sid}: it gets the first slice
 * @param rangeMin {@code ldap_idmap_range_min}, the first ID
 * @param rangeMax {@code ldap_idmap_range_max}, one more than the last ID
 * @param rangeSize {@code ldap_idmap_range_size}, the IDs of a slice
 * @param helperTableSize {@code ldap_idmap_helper_table_size}, a domain's slices after its first
 * @param autoridCompat {@code ldap_idmap_autorid_compat}: slices are given in order, not by a hash
 */
public record SssdIdMap(
    List<DomainSid> domainSids,
    Optional<DomainSid> defaultDomainSid,
    long rangeMin,
    long rangeMax,
    long rangeSize,
    int helperTableSize,
    boolean autoridCompat) {
  /** The default of {@code ldap_idmap_range_min}. */
  public static final long DEFAULT_MIN = 200_000;

  /** The default of {@code ldap_idmap_range_max}. */
  public static final long DEFAULT_MAX = 2_000_200_000;

  /** The default of {@code ldap_idmap_range_size}. */
  public static final long DEFAULT_SIZE = 200_000;

  /** The default of {@code ldap_idmap_helper_table_size}. */
  public static final int DEFAULT_HELPERS = 10;

  private static final long ID_LIMIT = 0x1_0000_0000L;

  /**
   * Checks the settings, as SSSD does at its start.
   *
   * @throws IllegalArgumentException naming the setting, its value and the limit
   */
  public SssdIdMap {
    domainSids = List.copyOf(domainSids);
    if (domainSids.isEmpty()) {
      throw new IllegalArgumentException(
          "domainSids is empty; name the SID of every domain, or set sssdIdMapping: none");
    }
    if (rangeMin < 0 || rangeMax >= ID_LIMIT || rangeMax <= rangeMin) {
      throw new IllegalArgumentException(
          "rangeMin %d and rangeMax %d must be numbers from 0 to %d, rangeMin the lower one"
              .formatted(rangeMin, rangeMax, ID_LIMIT - 1));
    }
    if (rangeSize < 1 || rangeSize > rangeMax - rangeMin) {
      throw new IllegalArgumentException(
          "rangeSize %d must be a number from 1 to %d, which is rangeMax minus rangeMin"
              .formatted(rangeSize, rangeMax - rangeMin));
    }
    if (helperTableSize < 0 || helperTableSize > DEFAULT_HELPERS * 100) {
      throw new IllegalArgumentException(
          "helperTableSize %d must be a number from 0 to %d"
              .formatted(helperTableSize, DEFAULT_HELPERS * 100));
    }
    long slices = (rangeMax - rangeMin) / rangeSize;
    if (slices < domainSids.size()) {
      throw new IllegalArgumentException(
          "the %d slices of %d IDs from rangeMin to rangeMax do not serve %d domains; lower rangeSize or raise rangeMax, in sssd.conf too"
              .formatted(slices, rangeSize, domainSids.size()));
    }
  }
}
