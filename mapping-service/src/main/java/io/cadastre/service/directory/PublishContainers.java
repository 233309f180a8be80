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

/** The two entries that the published ones lie below. */
final class PublishContainers {
  private final String base;
  private final String retiredBase;
  private final LdapPool pool;

  PublishContainers(String base, String retiredBase, LdapPool pool) {
    this.base = base;
    this.retiredBase = retiredBase;
    this.pool = pool;
  }

  /** What to search to see every entry once. */
  List<String> searchBases() {
    try {
      return DN.isDescendantOf(retiredBase, base, true)
          ? List.of(base)
          : List.of(base, retiredBase);
    } catch (LDAPException e) {
      throw new IllegalStateException("the configuration's DNs were checked", e);
    }
  }

  void ping() {
    pool.ping(base);
    pool.ping(retiredBase);
  }

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
          "the container %s is missing and we may not create it: an administrator has to, see containers.ldif of the schema"
              .formatted(dn));
    }
  }

  /** An entry of whatever standard class (RFC 4519) is named by the RDN's attribute. */
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
                  "the container %s is missing: create it, only cn=, dc=, o= and ou= are created for you"
                      .formatted(dn));
        };
    Entry entry = new Entry(dn);
    entry.addAttribute("objectClass", List.of("top", structural));
    entry.addAttribute(attribute, rdn.getAttributeValues()[0]);
    return entry;
  }
}
