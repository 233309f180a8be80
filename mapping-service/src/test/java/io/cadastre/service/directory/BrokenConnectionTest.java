/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static io.cadastre.service.directory.TestAllocations.active;
import static io.cadastre.service.directory.TestAllocations.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.cadastre.schema.Profile;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.PublishConfiguration;
import io.cadastre.subid.OwnerName;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that break in use: one is replaced, all of them are an outage. */
class BrokenConnectionTest {
  private TestServer server;
  private BreakingProxy proxy;
  private IdentityDirectory identity;
  private PublishDirectory publish;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.embedded();
    proxy = new BreakingProxy(server.connection().servers().get(0).port());
    ConnectionConfiguration connection = ConnectionConfiguration.loopback(proxy.port());
    Optional<SimpleBindRequest> bind = Optional.of(server.bind());
    identity =
        new IdentityDirectory(
            SlapdSettings.identity(connection, Optional.empty(), 0),
            Clock.systemUTC(),
            LdapConnections.open("identity directory", connection, bind));
    publish =
        new PublishDirectory(
            new PublishConfiguration(connection, Slapd.SUBIDS, Slapd.RETIRED),
            Profile.GENERIC,
            LdapConnections.open("publish directory", connection, bind));
    server.addAccount("zoe", 5000, 5000);
    identity.ping();
    publish.ping();
  }

  @AfterEach
  void stop() throws IOException {
    identity.close();
    publish.close();
    proxy.close();
    server.close();
  }

  @Test
  void brokenConnectionIsReplaced() {
    proxy.breakNext(1);
    assertThat(identity.find(new OwnerName("zoe"))).isPresent();
    proxy.breakNext(1);
    assertThat(publish.publish(List.of(state(active(1))))).isEmpty();
    assertThat(publish.entries()).hasSize(1);
  }

  @Test
  void everyConnectionBreakingIsAnOutage() {
    proxy.breakNext(100);
    assertThatThrownBy(() -> identity.find(new OwnerName("zoe")))
        .isInstanceOf(DirectoryUnavailable.class)
        .hasMessageContaining("identity directory (127.0.0.1:" + proxy.port() + ")");
    proxy.breakNext(0);
    assertThat(identity.find(new OwnerName("zoe"))).isPresent();
  }
}
