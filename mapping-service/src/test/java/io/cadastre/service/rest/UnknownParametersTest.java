/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.rest.Service.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A query parameter that a resource does not know is refused, and nothing is changed. */
@Tag("slow")
class UnknownParametersTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

  @TempDir static Path directory;
  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.ofCaller(directory);
    service.allocate("zoe", 1001);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** Every operation of the OpenAPI document, with the names of its query parameters. */
  static List<Arguments> operations() throws Exception {
    List<Arguments> all = new ArrayList<>();
    JsonNode paths = Service.JSON.readTree(OpenApiDocument.render()).path("paths");
    for (var path : paths.properties()) {
      for (var operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          Set<String> known = new TreeSet<>();
          operation
              .getValue()
              .path("parameters")
              .forEach(
                  p -> {
                    if (p.path("in").asText().equals("query")) {
                      known.add(p.path("name").asText());
                    }
                  });
          all.add(Arguments.of(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), known));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("operations")
  void isRefusedOnEveryResource(String method, String template, Set<String> known) {
    String path =
        template.replaceAll("[{](name|token|node)[}]", "zoe").replace("{id}", "1001127936");
    String type = template.endsWith("/batch") ? "application/x-ndjson" : "application/json";
    long before = service.events();
    for (String query :
        List.of(
            "dryrun=1",
            "dry_run=true",
            known.contains("pool") ? "Pool=x" : "pool=x",
            "x%20%0A",
            "=1",
            "dryRun=true&dry-run=true")) {
      Answer answer =
          method.equals("GET") || method.equals("DELETE")
              ? service.send(method, path + "?" + query, "")
              : service.send(method, path + "?" + query, "{}", "Content-Type", type);

      assertThat(answer.problem()).as(answer.toString()).isEqualTo("bad-request");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("detail").asText()).contains("not known here");
    }
    assertThat(service.events()).isEqualTo(before);
  }

  @Test
  void knownParametersAreNamed() {
    Answer misspelled = service.post("/v1/owners/zoe/supersede?dryrun=1", "{\"reason\":\"x\"}");
    Answer none = service.get("/v1/owners/zoe?dryRun=true");
    Answer listing = service.get("/v1/allocations?Limit=5");

    assertThat(misspelled.json().path("detail").asText())
        .isEqualTo("the query parameter \"dryrun\" is not known here; the parameters are dryRun");
    assertThat(none.json().path("detail").asText()).endsWith("this request takes none");
    assertThat(listing.json().path("detail").asText())
        .endsWith("cursor, from, limit, owner, pool, state, to");
    assertThat(service.get("/v1/owners/zoe").json().at("/allocation/state").asText())
        .isEqualTo("active");
  }

  /** A client must not fill the disk of the log by requests that are refused. */
  @ParameterizedTest
  @MethodSource("operations")
  void refusedValuesAreNoWarnings(String method, String template, Set<String> known) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    try {
      String path = template.replaceAll("[{](name|token|node)[}]", "zoe").replace("{id}", "x");
      for (String name : known) {
        assertThat(service.send(method, path + "?" + name + "=%01", "").status())
            .isBetween(400, 499);
      }
    } finally {
      root.detachAppender(log);
    }
    assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
  }

  /** Jersey answers OPTIONS for all methods of a path, so it knows the parameters of none. */
  @Test
  void optionsTakesEveryParameter() {
    assertThat(service.send("OPTIONS", "/v1/subuid?owner=uid", "").status()).isEqualTo(200);
  }

  @Test
  void hiddenOperationsRefuseThemToo() {
    assertThat(
            Stream.of(
                    service.delete("/v1/owners/batch?dryrun=true"),
                    service.get("/v1/openapi.json?x=1"),
                    service.get("/v1/allocations?x=1", "Accept", "text/csv"),
                    service.send("HEAD", "/v1/snapshot?x=1", ""))
                .map(Answer::status))
        .containsOnly(400);
  }
}
