/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.cadastre.service.access.AccessTable;
import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.RequestRate;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.UidRange;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A credential with bounds calls no operation that would change something without them. */
class BoundCredentialTest {
  private static final AccessTable TABLE =
      new AccessTable.Builder()
          .allow("GET", "/reads")
          .allow(AccessTable.Effect.READS, "POST", "/reads")
          .allow(AccessTable.Effect.CHANGES_WITHIN_BOUNDS, "PUT", "/held")
          .allow("POST", "/changes")
          .build();

  /** An admin with bounds, as no token can be; a rule for certificates might say so. */
  private static final Principal BOUND =
      new Principal(
          "odd",
          Role.ADMIN,
          CredentialKind.CERTIFICATE,
          Optional.empty(),
          new Bounds(
              Optional.empty(),
              Optional.of(new UidRange(1, 2)),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));

  private static final RequestRate RATE = new RequestRate(1_000, 1_000);

  private static Server server;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addFilter(
        new FilterHolder(
            new AccessFilter(
                TABLE,
                Optional.of(List.of(presented -> Optional.of(BOUND))),
                new HostRule(List.of()),
                new RequestRates(RATE, RATE, RATE),
                Set.of(),
                new ApiPath(() -> "/", () -> "/*"),
                new Refusals(
                    new ObjectMapper().registerModule(new Jdk8Module()), new MetricRegistry()))),
        "/*",
        EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(new ServletHolder(new Done()), "/*");
    server.setHandler(context);
    server.start();
    port = connector.getLocalPort();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  private static final class Done extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(204);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /reads, 204",
    "POST, /reads, 204",
    "PUT, /held, 204",
    "POST, /changes, 403",
    "POST, /unknown, 403",
    "GET, /unknown, 403",
  })
  void onlyWhatReadsOrHoldsTheBoundsIsCalled(String method, String path, int status)
      throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(method, BodyPublishers.noBody())
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(status);
    if (status == 403) {
      assertThat(answer.body()).contains("out-of-scope", "odd is bound to uids 1-2");
    }
  }
}
