/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.attack.GeneratedRequest;
import io.cadastre.service.attack.RequestsOfDocument;
import io.cadastre.service.attack.WireAnswer;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/**
 * Requests made from the OpenAPI document that the service serves, with faults in each part, by
 * every role, by none, and with bad credentials. No answer that the documents do not describe, no
 * change by a request that was refused or by a role that may not change anything, no secret in an
 * answer or in the log. 500 requests in 15 seconds; in bin/soak attack 10,000.
 */
@Tag("slow")
class GeneratedRequestsTest {
  /** The requests of each of 500 tries. */
  private static final int EACH = Boolean.getBoolean("cadastre.soak.attack") ? 20 : 1;

  private static final Set<String> MAY_CHANGE = Set.of("admin", "provisioner", "bound");
  private static final List<Tuple2<Integer, String>> CREDENTIALS =
      List.of(
          Tuple.of(8, "admin"),
          Tuple.of(5, "provisioner"),
          Tuple.of(3, "node"),
          Tuple.of(3, "auditor"),
          Tuple.of(2, "bound"),
          Tuple.of(2, "none"),
          Tuple.of(1, "revoked"),
          Tuple.of(1, "suspended"),
          Tuple.of(1, "unknown"),
          Tuple.of(1, "wrong"),
          Tuple.of(1, "cut"),
          Tuple.of(1, "basic"),
          Tuple.of(1, "twice"),
          Tuple.of(1, "empty"),
          Tuple.of(1, "junk"));

  private static Path folder;
  private static Service service;
  private static DocumentedAnswers documented;
  private static RequestsOfDocument generator;
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());
  private static final Map<String, String> AUTHORIZATION = new HashMap<>();
  private static final List<String> SECRETS = new ArrayList<>();
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

  @BeforeContainer
  static void start() throws IOException {
    folder = Files.createTempDirectory("cadastre-generated");
    Path file = folder.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    service =
        Service.limited(
            folder,
            "{bootstrapTokenFile: %s}".formatted(file),
            "limits: {failures: {burst: 1000000, perSecond: 10000}}\n");
    for (String role : List.of("admin", "node", "auditor")) {
      token(role, "{\"name\":\"the-%s\",\"role\":\"%1$s\"}".formatted(role));
    }
    token("provisioner", provisioner("the-provisioner", "0-4294967294"));
    token("bound", provisioner("the-bound", "5000-5999"));
    token("suspended", "{\"name\":\"the-suspended\",\"role\":\"admin\"}");
    token("revoked", "{\"name\":\"the-revoked\",\"role\":\"admin\"}");
    asBootstrap("/v1/admin/tokens/the-revoked/revoke", "{\"reason\":\"x\"}");
    String admin = AUTHORIZATION.get("admin");
    AUTHORIZATION.put("unknown", "Bearer " + TokenText.random(new SecureRandom()).text());
    AUTHORIZATION.put("wrong", admin.substring(0, admin.length() - 4) + "AAAA");
    AUTHORIZATION.put("cut", admin.substring(0, admin.length() - 1));
    AUTHORIZATION.put("basic", admin.replace("Bearer", "Basic"));
    AUTHORIZATION.put("twice", admin + "\r\nAuthorization: " + admin);
    AUTHORIZATION.put("empty", "");
    AUTHORIZATION.put("junk", "Bearer \u00ff\u0001' OR 1=1 --");
    suspend();
    service.awaitUseOfFirstToken(BOOTSTRAP.text());
    allocate("zoe", 4242);
    allocate("yan", 4243);
    allocate("owner7", 4244);
    service.as(admin.replace("Bearer ", ""), "DELETE", "/v1/owners/owner7", "");
    String openapi = service.get("/v1/openapi.json", "Authorization", admin).text();
    documented =
        new DocumentedAnswers(
            openapi,
            Files.readString(
                Path.of(System.getProperty("cadastre.root")).resolve("docs/rest-api.md")));
    generator = new RequestsOfDocument(Service.JSON.readTree(openapi), CREDENTIALS);
    LOG.start();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(LOG);
  }

  private static String provisioner(String name, String uids) {
    return "{\"name\":\"%s\",\"role\":\"provisioner\",\"uids\":\"%s\"}".formatted(name, uids);
  }

  private static void token(String word, String body) {
    String secret = asBootstrap("/v1/admin/tokens", body).json().path("secret").asText();
    assertThat(secret).startsWith("cadastre_");
    SECRETS.add(secret);
    AUTHORIZATION.put(word, "Bearer " + secret);
  }

  private static void allocate(String name, long uid) {
    String body = Service.identity(uid, "id-" + name);
    assertThat(service.as(BOOTSTRAP.text(), "PUT", "/v1/owners/" + name, body).status())
        .isEqualTo(201);
  }

  private static Answer asBootstrap(String path, String body) {
    Answer answer = service.as(BOOTSTRAP.text(), "POST", path, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  /** Whatever an admin has done to the tokens: all are valid again but the one. */
  private static void suspend() {
    asBootstrap("/v1/admin/tokens/confirm", "{\"all\":true}");
    asBootstrap("/v1/admin/tokens/suspend", "{\"name\":\"the-suspended\",\"reason\":\"x\"}");
  }

  @AfterContainer
  static void stop() throws IOException {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(LOG);
    service.close();
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Provide
  Arbitrary<List<GeneratedRequest>> requests() {
    return generator.requests().list().ofSize(EACH);
  }

  @Property(
      tries = 500,
      seed = "20261128",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.BOUNDED)
  void eachAnswerIsDocumentedAndARefusalChangesNothing(
      @ForAll("requests") List<GeneratedRequest> requests) {
    for (GeneratedRequest request : requests) {
      LOG.list.clear();
      String before = state();
      byte[] sent = request.bytes(Optional.ofNullable(AUTHORIZATION.get(request.credential())));
      WireAnswer answer = WireAnswer.to(service.port(), sent).orElseThrow();
      String what = request + "\n-> " + answer;
      assertThat(documented.faults(request, answer)).as(what).isEmpty();
      boolean accepted = answer.status() < 400;
      if (accepted && !MAY_CHANGE.contains(request.credential())) {
        assertThat(Set.of("node", "auditor")).as(what).contains(request.credential());
      }
      if (!accepted || !MAY_CHANGE.contains(request.credential()) || !request.mayChange()) {
        assertThat(state()).as(what).isEqualTo(before);
      }
      assertThat(SECRETS).as(what).noneMatch(answer.text()::contains);
      assertThat(LOG.list)
          .as(what)
          .noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.ERROR))
          .noneMatch(line -> SECRETS.stream().anyMatch(line.getFormattedMessage()::contains));
      if (accepted && request.template().contains("/tokens") && request.mayChange()) {
        suspend();
      }
    }
  }

  /** The rows that nodes read, and number and hash of the last event. */
  private static String state() {
    Answer answer = service.get("/v1/snapshot", "Authorization", AUTHORIZATION.get("admin"));
    assertThat(answer.status()).isEqualTo(200);
    return answer.header("Cadastre-Head") + "\n" + answer.text();
  }
}
