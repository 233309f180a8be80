/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.SearchBase;
import io.cadastre.service.config.Security;
import io.cadastre.service.config.ServerAddress;
import io.dropwizard.util.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that needs longer for a filter than the response timeout, and one that hangs. */
@Tag("slow")
class PatientSearchTest {
  private static final SearchBase BASE = SearchBase.of("dc=example,dc=org");
  private static final long SLOW_MILLIS = 2500;

  private InMemoryDirectoryServer server;
  private LdapPool pool;
  private final List<Long> progress = new ArrayList<>();
  private volatile boolean hangs;

  @BeforeEach
  void start() throws Exception {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE.dn());
    config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("test", 0));
    config.setSchema(null);
    config.addInMemoryOperationInterceptor(
        new InMemoryOperationInterceptor() {
          @Override
          public void processSearchRequest(InMemoryInterceptedSearchRequest request)
              throws LDAPException {
            if (request.getRequest().getFilter().toString().contains(">=") || hangs) {
              pause(hangs ? 60_000 : SLOW_MILLIS);
            }
          }
        });
    server = new InMemoryDirectoryServer(config);
    server.startListening();
    server.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
    for (int i = 0; i < 3; i++) {
      server.add(
          "dn: uid=u%d,dc=example,dc=org".formatted(i),
          "objectClass: posixAccount",
          "uidNumber: %d".formatted(i));
    }
    pool =
        LdapConnections.open(
            "identity directory",
            new ConnectionConfiguration(
                List.of(new ServerAddress("127.0.0.1", server.getListenPort())),
                Security.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Duration.seconds(5),
                Duration.milliseconds(500),
                1));
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    pool.close();
    server.shutDown(true);
  }

  private PatientSearch.Found<String> search() {
    return new PatientSearch(pool, progress::add)
        .run(
            BASE,
            Filter.createGreaterOrEqualFilter("uidNumber", "1"),
            List.of("uidNumber"),
            e -> e.getAttributeValue("uidNumber"));
  }

  @Test
  void waitsBeyondTheResponseTimeoutForAServerThatWorksAndShowsProgress() {
    PatientSearch.Found<String> found = search();

    assertThat(found.values()).containsExactlyInAnyOrder("1", "2");
    assertThat(found.longestSilence().toMillis()).isGreaterThanOrEqualTo(SLOW_MILLIS - 100);
    assertThat(progress).isNotEmpty().containsOnly(0L);
    assertThatThrownBy(
            () ->
                pool.search(
                    BASE,
                    Filter.createGreaterOrEqualFilter("uidNumber", "1"),
                    List.of("uidNumber"),
                    e -> e))
        .isInstanceOf(DirectoryUnavailable.class);
  }

  @Test
  void givesUpAServerThatAnswersOnNoConnection() {
    hangs = true;

    assertThatThrownBy(this::search).isInstanceOf(DirectoryUnavailable.class);
  }

  @Test
  void failureOfTheReadingIsNotSwallowed() {
    assertThatThrownBy(
            () ->
                new PatientSearch(pool, progress::add)
                    .run(
                        BASE,
                        Filter.createPresenceFilter("uidNumber"),
                        List.of("uidNumber"),
                        e -> {
                          throw new IllegalStateException("unreadable");
                        }))
        .hasMessage("unreadable");
  }
}
