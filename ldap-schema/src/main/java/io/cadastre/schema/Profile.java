/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.schema;

import java.util.List;

/** The LDAP names under which active allocations are published. */
public enum Profile {
  /** The names that SSSD's LDAP provider reads by default. Cadastre's schema defines them. */
  GENERIC(
      List.of("top", "subordinateIdEntry"),
      "subordinateIdEntry",
      "subUidNumber",
      "subUidNumber",
      "subUidCount",
      "subGidNumber",
      "subGidCount",
      "subidRangeOwner"),
  /** FreeIPA's names, which SSSD's IPA provider reads. */
  IPA(
      List.of(
          "top",
          "ipaSubordinateIdEntry",
          "ipaSubordinateId",
          "ipaSubordinateUid",
          "ipaSubordinateGid"),
      "ipaSubordinateIdEntry",
      "ipaUniqueID",
      "ipaSubUidNumber",
      "ipaSubUidCount",
      "ipaSubGidNumber",
      "ipaSubGidCount",
      "ipaOwner");

  @SuppressWarnings("ImmutableEnumChecker") // every constant passes List.of
  private final List<String> objectClasses;

  private final String searchedClass;
  private final String rdnAttribute;
  private final String uidNumber;
  private final String uidCount;
  private final String gidNumber;
  private final String gidCount;
  private final String owner;

  Profile(
      List<String> objectClasses,
      String searchedClass,
      String rdnAttribute,
      String uidNumber,
      String uidCount,
      String gidNumber,
      String gidCount,
      String owner) {
    this.objectClasses = objectClasses;
    this.searchedClass = searchedClass;
    this.rdnAttribute = rdnAttribute;
    this.uidNumber = uidNumber;
    this.uidCount = uidCount;
    this.gidNumber = gidNumber;
    this.gidCount = gidCount;
    this.owner = owner;
  }

  /** Returns the object classes of an entry, without Cadastre's auxiliary class. */
  public List<String> objectClasses() {
    return objectClasses;
  }

  /** Returns the object class by which SSSD finds an entry. */
  public String searchedClass() {
    return searchedClass;
  }

  /** Returns the attribute of an entry's RDN. */
  public String rdnAttribute() {
    return rdnAttribute;
  }

  /** Returns the attribute with the first subordinate user ID. */
  public String uidNumber() {
    return uidNumber;
  }

  /** Returns the attribute with the number of subordinate user IDs. */
  public String uidCount() {
    return uidCount;
  }

  /** Returns the attribute with the first subordinate group ID. */
  public String gidNumber() {
    return gidNumber;
  }

  /** Returns the attribute with the number of subordinate group IDs. */
  public String gidCount() {
    return gidCount;
  }

  /** Returns the attribute with the DN of the owner's account. */
  public String owner() {
    return owner;
  }
}
