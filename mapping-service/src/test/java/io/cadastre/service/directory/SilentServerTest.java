/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static io.cadastre.service.directory.TestAllocations.active;
import static io.cadastre.service.directory.TestAllocations.state;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.schema.Profile;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.PublishConfiguration;
import io.cadastre.service.config.Security;
import io.cadastre.service.config.ServerAddress;
import io.cadastre.subid.OwnerName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations on a server that accepts connections and never answers end by their timeouts. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentServerTest {
  private static final io.dropwizard.util.Duration LIMIT =
      io.dropwizard.util.Duration.milliseconds(100);
  private ServerSocket silent;

  @BeforeEach
  void listen() throws Exception {
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws Exception {
    silent.close();
  }

  private ConnectionConfiguration connection(Security security) {
    return new ConnectionConfiguration(
        List.of(new ServerAddress("127.0.0.1", silent.getLocalPort())),
        security,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        LIMIT,
        LIMIT,
        2);
  }

  /** Accepts StartTLS (RFC 4511, 4.14.2), then is silent. */
  private void agreeToTls() {
    byte[] success = HexFormat.of().parseHex("300c02010178070a010004000400");
    while (!silent.isClosed()) {
      try {
        Socket connected = silent.accept();
        connected.getInputStream().read(new byte[1024]);
        connected.getOutputStream().write(success);
      } catch (IOException e) {
        return; // closed by the end of the test
      }
    }
  }

  @Test
  void readingTimesOutDuringStartTls() {
    Thread server = new Thread(this::agreeToTls);
    server.setDaemon(true);
    server.start();
    readingTimesOut(Security.STARTTLS);
  }

  /** Within the time-out of the class; the library waits five minutes for an answer by itself. */
  private static void givesUp(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(DirectoryUnavailable.class);
  }

  @ParameterizedTest
  @EnumSource
  void readingTimesOut(Security security) {
    try (IdentityDirectory identity =
        new IdentityDirectory(
            SlapdSettings.identity(connection(security), Optional.empty(), 0), Clock.systemUTC())) {
      givesUp(() -> identity.find(new OwnerName("zoe")));
      givesUp(identity::readAll);
      givesUp(identity::ping);
    }
  }

  @ParameterizedTest
  @EnumSource
  void publishingTimesOut(Security security) {
    try (PublishDirectory publish =
        new PublishDirectory(
            new PublishConfiguration(connection(security), Slapd.SUBIDS, Slapd.RETIRED),
            Profile.GENERIC)) {
      givesUp(() -> publish.publish(List.of(state(active(1)))));
      givesUp(publish::entries);
      givesUp(publish::ping);
    }
  }
}
