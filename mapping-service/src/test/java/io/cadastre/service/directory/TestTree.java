/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.Objects;
import java.util.stream.Collectors;

/** Changes a directory as the administrator of a site, on either server. */
final class TestTree {
  private static final String ENTRIES = "(!(objectClass=organizationalUnit))";

  private TestTree() {}

  /** Opens a connection without restrictions. */
  @FunctionalInterface
  interface Root {
    LDAPConnection connect() throws LDAPException;
  }

  /** Work on one connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(LDAPConnection connection) throws LDAPException;
  }

  static <T> T as(Root root, Work<T> work) {
    try (LDAPConnection connection = root.connect()) {
      return work.on(connection);
    } catch (LDAPException e) {
      throw new AssertionError(e.getDiagnosticMessage(), e);
    }
  }

  static String dn(String name) {
    return new RDN("uid", name) + "," + Slapd.PEOPLE;
  }

  static Entry account(String name, long uid, long gid) {
    Entry entry = new Entry(dn(name));
    entry.addAttribute("objectClass", "account", "posixAccount", "simpleSecurityObject");
    entry.addAttribute("uid", name);
    entry.addAttribute("cn", name);
    entry.addAttribute("uidNumber", Long.toString(uid));
    entry.addAttribute("gidNumber", Long.toString(gid));
    entry.addAttribute("homeDirectory", "/home/" + uid); // IA5, which a name need not be
    entry.addAttribute("userPassword", Slapd.PASSWORD);
    return entry;
  }

  static Entry unit(String dn) {
    try {
      return PublishContainers.container(dn);
    } catch (LDAPException e) {
      throw new AssertionError(e);
    }
  }

  /** Adds an account; returns its stable id. */
  static String addAccount(Root root, String stableIdAttribute, String name, long uid, long gid) {
    return as(
        root,
        c -> {
          c.add(account(name, uid, gid));
          return Objects.requireNonNull(c.getEntry(dn(name), stableIdAttribute))
              .getAttributeValue(stableIdAttribute);
        });
  }

  static void addGroup(Root root, String name, long gid) {
    Entry entry = new Entry(new RDN("cn", name) + "," + Slapd.GROUPS);
    entry.addAttribute("objectClass", "posixGroup");
    entry.addAttribute("cn", name);
    entry.addAttribute("gidNumber", Long.toString(gid));
    as(root, c -> c.add(entry));
  }

  static void rename(Root root, String name, String newName) {
    as(root, c -> c.modifyDN(dn(name), new RDN("uid", newName).toString(), true));
  }

  static void delete(Root root, String name) {
    deleteEntry(root, dn(name));
  }

  static void deleteEntry(Root root, String dn) {
    as(root, c -> c.delete(dn));
  }

  static String export(Root root, String base) {
    return as(
        root,
        c ->
            c.search(base, SearchScope.SUB, ENTRIES).getSearchEntries().stream()
                .map(e -> e.toLDIFString() + "\n")
                .collect(Collectors.joining()));
  }

  static void clear(Root root, String base) {
    as(
        root,
        c -> {
          for (Entry entry : c.search(base, SearchScope.SUB, ENTRIES, "1.1").getSearchEntries()) {
            c.delete(entry.getDN());
          }
          return true;
        });
  }

  static int count(Root root, String base) {
    return as(
        root,
        c -> {
          SearchRequest all =
              new SearchRequest(
                  base, SearchScope.SUB, "(!(objectClass=organizationalUnit))", "1.1");
          return (int)
              c.search(all).getSearchEntries().stream()
                  .filter(e -> !EntryDiff.normalized(e.getDN()).equals(EntryDiff.normalized(base)))
                  .count();
        });
  }
}
