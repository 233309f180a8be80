/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.schema;

import java.util.List;

/** Under which names the ranges that count are published; a closed set of two. */
public enum Profile {
  /** The names that SSSD's LDAP provider looks for by default; Cadastre's schema defines them. */
  GENERIC(
      List.of("top", "subordinateIdEntry"),
      "subordinateIdEntry",
      "subUidNumber",
      "subUidNumber",
      "subUidCount",
      "subGidNumber",
      "subGidCount",
      "subidRangeOwner"),
  /** FreeIPA's names, which SSSD's IPA provider looks for. */
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

  /** The object classes of an entry, without Cadastre's auxiliary one. */
  public List<String> objectClasses() {
    return objectClasses;
  }

  /** The class by which SSSD finds an entry. */
  public String searchedClass() {
    return searchedClass;
  }

  /** The attribute that names an entry. */
  public String rdnAttribute() {
    return rdnAttribute;
  }

  /** First subordinate user ID. */
  public String uidNumber() {
    return uidNumber;
  }

  /** How many subordinate user IDs. */
  public String uidCount() {
    return uidCount;
  }

  /** First subordinate group ID. */
  public String gidNumber() {
    return gidNumber;
  }

  /** How many subordinate group IDs. */
  public String gidCount() {
    return gidCount;
  }

  /** DN of the owner's account. */
  public String owner() {
    return owner;
  }
}
