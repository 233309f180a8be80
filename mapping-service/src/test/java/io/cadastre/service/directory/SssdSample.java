/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a directory as SSSD does with config/examples/sssd.conf.
 *
 * @param settings the settings of the file
 */
record SssdSample(Map<String, String> settings) {

  /** Reads the file from the folder that {@link ManualSteps#install} filled. */
  static SssdSample read(Path share) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (String line : Files.readAllLines(share.resolve("examples/sssd.conf"))) {
      String[] setting = line.split(" = ", 2);
      if (!line.startsWith("#") && setting.length == 2) {
        settings.put(setting[0], setting[1]);
      }
    }
    return new SssdSample(settings);
  }

  /** Returns the rows "uidNumber start count" of an account's entries; empty without an account. */
  List<String> rows(int port, String name) throws LDAPException {
    try (LDAPConnection connection = connect(port)) {
      return connection
          .search(
              settings.get("ldap_search_base"),
              SearchScope.SUB,
              "(&(uid=%s)(objectClass=posixAccount)(&(uidNumber=*)(!(uidNumber=0))))"
                  .formatted(Filter.encodeValue(name)))
          .getSearchEntries()
          .stream()
          .flatMap(account -> ranges(connection, account).stream())
          .toList();
    }
  }

  private LDAPConnection connect(int port) throws LDAPException {
    return settings.containsKey("ldap_default_bind_dn")
        ? new LDAPConnection(
            "127.0.0.1",
            port,
            settings.get("ldap_default_bind_dn"),
            settings.get("ldap_default_authtok"))
        : new LDAPConnection("127.0.0.1", port);
  }

  private List<String> ranges(LDAPConnection connection, SearchResultEntry account) {
    try {
      return connection
          .search(
              settings.get("ldap_subid_ranges_search_base"),
              SearchScope.SUB,
              "(&(objectClass=subordinateIdEntry)(subidRangeOwner=%s))"
                  .formatted(Filter.encodeValue(account.getDN())))
          .getSearchEntries()
          .stream()
          .map(
              entry ->
                  "%s %s %s"
                      .formatted(
                          account.getAttributeValue("uidNumber"),
                          entry.getAttributeValue("subUidNumber"),
                          entry.getAttributeValue("subUidCount")))
          .toList();
    } catch (LDAPException e) {
      throw new AssertionError(e);
    }
  }
}
