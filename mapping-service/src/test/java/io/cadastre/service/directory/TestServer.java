/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.controls.ManageDsaITRequestControl;
import io.cadastre.schema.Profile;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.EmbeddedConfiguration;
import io.cadastre.service.config.NameCase;
import io.cadastre.service.config.PublishConfiguration;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One of the three servers for which a contract is tested.
 *
 * @param stableIdAttribute the attribute that never changes for an account
 * @param root opens a connection as the administrator
 * @param connection the connection settings of the service
 * @param bind the bind request of the service
 * @param stop stops the server
 */
record TestServer(
    String stableIdAttribute,
    TestTree.Root root,
    ConnectionConfiguration connection,
    SimpleBindRequest bind,
    Runnable stop)
    implements AutoCloseable {

  static TestServer embedded() {
    EmbeddedDirectory server =
        EmbeddedDirectory.start(
            new EmbeddedConfiguration(0, Slapd.SUFFIX, Optional.empty(), Optional.empty()));
    SimpleBindRequest bind = new SimpleBindRequest(server.bindDn(), server.password());
    TestServer started =
        new TestServer(
            Slapd.STABLE_ID,
            () ->
                new LDAPConnection("127.0.0.1", server.port(), server.bindDn(), server.password()),
            ConnectionConfiguration.loopback(server.port()),
            bind,
            server::close);
    try (PublishDirectory publish = started.publish(Profile.GENERIC)) {
      publish.ensureContainers();
    }
    return started;
  }

  static TestServer slapd() {
    Slapd server = Slapd.start();
    return new TestServer(
        Slapd.STABLE_ID,
        server::root,
        server.connection(),
        new SimpleBindRequest(Slapd.SERVICE_DN, Slapd.PASSWORD),
        server::close);
  }

  /** The instance of this JVM, which other tests use as well. */
  static TestServer dirsrv() {
    Dirsrv server = Dirsrv.shared();
    return new TestServer(
        Dirsrv.STABLE_ID,
        server::root,
        server.connection(),
        new SimpleBindRequest(Slapd.SERVICE_DN, Slapd.PASSWORD),
        server::clear);
  }

  /** Adds an account; returns its stable id with the name of the attribute. */
  String addAccount(String name, long uid, long gid) {
    return stableIdAttribute + ":" + TestTree.addAccount(root, stableIdAttribute, name, uid, gid);
  }

  /** Opens a connection of a user. */
  LDAPConnection connect(String dn, String password) throws LDAPException {
    return new LDAPConnection("127.0.0.1", connection.servers().get(0).port(), dn, password);
  }

  IdentityDirectory identity() {
    return identity(Optional.empty(), 0);
  }

  IdentityDirectory identity(NameCase nameCase) {
    return new IdentityDirectory(
        SlapdSettings.identity(connection, stableIdAttribute, Optional.empty(), 0),
        nameCase,
        Clock.systemUTC(),
        LdapConnections.open("identity directory", connection, Optional.of(bind)));
  }

  IdentityDirectory identity(Optional<String> entitlement, long minimumUid) {
    return new IdentityDirectory(
        SlapdSettings.identity(connection, stableIdAttribute, entitlement, minimumUid),
        Clock.systemUTC(),
        LdapConnections.open("identity directory", connection, Optional.of(bind)));
  }

  PublishDirectory publish(Profile profile) {
    return new PublishDirectory(
        new PublishConfiguration(connection, Slapd.SUBIDS, Slapd.RETIRED),
        profile,
        LdapConnections.open("publish directory", connection, Optional.of(bind)));
  }

  /** Deletes all entries below the four containers. */
  void clear() {
    TestTree.as(
        root,
        c -> {
          for (String base : List.of(Slapd.SUBIDS, Slapd.PEOPLE, Slapd.GROUPS)) {
            clear(c, base);
          }
          return true;
        });
  }

  private static void clear(LDAPConnection c, String base) throws LDAPException {
    String entries = "(!(objectClass=organizationalUnit))";
    SearchRequest all = new SearchRequest(base, SearchScope.SUB, entries, "1.1");
    all.addControl(new ManageDsaITRequestControl(true)); // referrals too
    List<String> below =
        c.search(all).getSearchEntries().stream()
            .map(SearchResultEntry::getDN)
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
    for (String dn : below) {
      DeleteRequest delete = new DeleteRequest(dn);
      delete.addControl(new ManageDsaITRequestControl(true));
      c.delete(delete);
    }
  }

  /** Returns the entry with all user attributes. */
  Optional<SearchResultEntry> entry(String dn) {
    return Optional.ofNullable(TestTree.as(root, c -> c.getEntry(dn)));
  }

  @Override
  public void close() {
    stop.run();
  }
}
