/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.List;
import java.util.Locale;

/**
 * The two container entries, below which the entries of allocations lie: one for active ones, one
 * for all others. Thread-safe.
 */
final class PublishContainers {
  private final String base;
  private final String retiredBase;
  private final LdapPool pool;

  PublishContainers(String base, String retiredBase, LdapPool pool) {
    this.base = base;
    this.retiredBase = retiredBase;
    this.pool = pool;
  }

  /** Returns the bases below which a search finds every entry once. */
  List<String> searchBases() {
    try {
      return DN.isDescendantOf(retiredBase, base, true)
          ? List.of(base)
          : List.of(base, retiredBase);
    } catch (LDAPException e) {
      throw new IllegalStateException("the configuration's DNs were checked", e);
    }
  }

  /**
   * Returns if both containers can be read.
   *
   * @throws DirectoryUnavailable if not
   */
  void ping() {
    pool.ping(base);
    pool.ping(retiredBase);
  }

  /**
   * Creates the containers that are missing.
   *
   * @throws DirectoryUnavailable if that is impossible, with the remedy
   */
  void ensure() {
    for (String dn : List.of(base, retiredBase)) {
      if (pool.entry(dn, Filter.createPresenceFilter("objectClass"), List.of("1.1")).isEmpty()) {
        create(dn);
      }
    }
  }

  private void create(String dn) {
    boolean done =
        pool.run(
            connection -> {
              try {
                connection.add(container(dn));
                return true;
              } catch (LDAPException e) {
                if (LdapResultCodes.meanUnavailable(e.getResultCode())) {
                  throw e;
                }
                return e.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS);
              }
            });
    if (!done) {
      throw new DirectoryUnavailable(
          "the container %s is missing and the service may not create it: an administrator has to, see containers.ldif of the schema"
              .formatted(dn));
    }
  }

  /** Returns a container of the standard class (RFC 4519) that the attribute of the RDN names. */
  static Entry container(String dn) throws LDAPException {
    RDN rdn = new DN(dn).getRDN();
    String attribute = rdn.getAttributeNames()[0].toLowerCase(Locale.ROOT);
    String structural =
        switch (attribute) {
          case "ou" -> "organizationalUnit";
          case "cn" -> "organizationalRole";
          case "dc" -> "domain";
          case "o" -> "organization";
          default ->
              throw new DirectoryUnavailable(
                  "the container %s is missing: create it; the service creates only cn=, dc=, o= and ou="
                      .formatted(dn));
        };
    Entry entry = new Entry(dn);
    entry.addAttribute("objectClass", List.of("top", structural));
    entry.addAttribute(attribute, rdn.getAttributeValues()[0]);
    return entry;
  }
}
