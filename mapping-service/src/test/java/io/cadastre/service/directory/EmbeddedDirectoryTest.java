/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static io.cadastre.service.directory.TestAllocations.active;
import static io.cadastre.service.directory.TestAllocations.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PLAINBindRequest;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.cadastre.schema.Profile;
import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.EmbeddedConfiguration;
import io.cadastre.subid.OwnerName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the embedded directory, and its write access. */
class EmbeddedDirectoryTest {
  private static final String ZOE_UUID = "5a3d1c52-6f0e-4c55-9c6f-1f6a0f7f3b01";

  @TempDir Path dir;
  private Path accounts;
  private Path data;

  @BeforeEach
  void writeAccounts() throws Exception {
    accounts = dir.resolve("accounts.ldif");
    data = dir.resolve("saved/directory.ldif");
    Files.writeString(
        accounts,
        """
        dn: dc=example,dc=org
        objectClass: domain
        dc: example

        dn: ou=people,dc=example,dc=org
        objectClass: organizationalUnit
        ou: people

        dn: ou=groups,dc=example,dc=org
        objectClass: organizationalUnit
        ou: groups

        dn: uid=zoe,ou=people,dc=example,dc=org
        objectClass: account
        objectClass: posixAccount
        uid: zoe
        cn: Zoe
        uidNumber: 5000
        gidNumber: 5000
        homeDirectory: /home/zoe
        entryUUID: %s
        """
            .formatted(ZOE_UUID));
  }

  private Directory open() {
    return Directory.open(
        new DirectoryConfiguration(
            DirectoryConfiguration.Mode.EMBEDDED,
            Profile.GENERIC,
            null,
            null,
            new EmbeddedConfiguration(0, Slapd.SUFFIX, Optional.of(accounts), Optional.of(data))),
        Clock.systemUTC());
  }

  private static void publish(Directory directory, int n) {
    directory.publish().ensureContainers();
    assertThat(directory.publish().publish(List.of(state(active(n))))).isEmpty();
  }

  @Test
  void stableIdsOfTheAccountsFileStayAtEveryStart() {
    for (int start = 0; start < 3; start++) {
      try (Directory directory = open()) {
        assertThat(directory.identity().find(new OwnerName("zoe")).orElseThrow().owner().stableId())
            .isEqualTo("entryUUID:" + ZOE_UUID);
        publish(directory, start);
        assertThat(directory.publish().entries()).hasSize(start + 1);
      }
    }
  }

  @Test
  void changeIsSavedBeforeTheEnd() throws Exception {
    try (Directory directory = open()) {
      publish(directory, 1);
      long end = System.nanoTime() + 60_000_000_000L;
      String id = active(1).id().toString();
      while (!(Files.exists(data) && Files.readString(data).contains(id))) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(20);
      }
    }
  }

  @Test
  void invalidFileIsNamedWithItsMistake() throws Exception {
    Files.writeString(accounts, "dn: dc=example,dc=org\nno colon here\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("embedded directory does not start")
        .hasMessageContaining("accounts.ldif");
  }

  @Test
  void onlyTheServiceMayWrite() throws Exception {
    try (Directory directory = open()) {
      publish(directory, 1);
      int port = directory.embedded().orElseThrow().port();
      try (LDAPConnection anonymous = new LDAPConnection("127.0.0.1", port)) {
        assertThat(anonymous.getEntry("uid=zoe," + Slapd.PEOPLE)).isNotNull();
        assertThatThrownBy(() -> anonymous.delete("uid=zoe," + Slapd.PEOPLE))
            .isInstanceOf(LDAPException.class);
        assertThatThrownBy(() -> anonymous.add(TestTree.account("yan", 1, 1)))
            .isInstanceOf(LDAPException.class);
      }
    }
  }

  @Test
  void accountWithAPasswordMayNotWriteEither() throws Exception {
    Files.writeString(
        accounts, Files.readString(accounts) + "userPassword: " + Slapd.PASSWORD + "\n");
    String zoe = "uid=zoe," + Slapd.PEOPLE;
    try (Directory directory = open();
        LDAPConnection connection =
            new LDAPConnection("127.0.0.1", directory.embedded().orElseThrow().port())) {
      for (BindRequest bind :
          List.of(
              new SimpleBindRequest(zoe, Slapd.PASSWORD),
              new PLAINBindRequest("dn:" + zoe, Slapd.PASSWORD))) {
        assertThatThrownBy(
                () -> {
                  connection.bind(bind);
                  connection.delete(zoe);
                })
            .isInstanceOf(LDAPException.class);
      }
      assertThat(connection.getEntry(zoe)).isNotNull();
    }
  }
}
