/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.AccessTable.Row;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.api.Paths;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A thief has the token of a provisioning hook, and tries every operation that is no GET on every
 * owner that is not the hook's: nothing changes.
 */
@Tag("slow")
class StolenHookTokenTest {
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());
  private static final String BASE = "ou=hpc,dc=example,dc=org";
  private static final String OUT_OF_SCOPE = "\"urn:cadastre:problem:out-of-scope\"";
  private static final String POOLS =
      """
      pools:
        - {name: default, segments: [{first: 1001062400, last: 1879048191}]}
        - {name: own, segments: [{first: 536870912, last: 671088639}]}
      """;

  /**
   * An owner that is not the hook's.
   *
   * @param ofTheHook whether it is within the bounds, and an admin closed it
   */
  private record Victim(
      String name, long uid, String stableId, Optional<String> dn, String pool, boolean ofTheHook) {
    static Victim of(String name, long uid, String stableId, String base, String pool) {
      return new Victim(name, uid, stableId, Optional.of("uid=" + name + "," + base), pool, false);
    }

    static Victim ofTheHook(String name, long uid) {
      return new Victim(
          name, uid, "a-" + name, Optional.of("uid=" + name + "," + BASE), "own", true);
    }

    /** The name of the test. */
    @Override
    public String toString() {
      return name;
    }
  }

  private record Attempt(String path, String body, String contentType) {
    static Attempt of(String path, String body) {
      return new Attempt(path, body, "application/json");
    }
  }

  private static final List<Victim> VICTIMS =
      List.of(
          Victim.of("other-uid", 1001, "a-other-uid", BASE, "own"),
          Victim.of("other-prefix", 47101, "b-other", BASE, "own"),
          Victim.of("other-base", 47102, "a-other-base", "ou=staff,dc=example,dc=org", "own"),
          new Victim("no-dn", 47105, "a-no-dn", Optional.empty(), "own", false),
          Victim.of("other-pool", 47106, "a-other-pool", BASE, "default"),
          Victim.of("retired-outside", 1002, "a-retired-outside", BASE, "own"),
          Victim.of("withheld-outside", 1004, "a-withheld-outside", BASE, "own"),
          // the owner who shares a path with the batch
          Victim.of("batch", 1003, "a-batch", BASE, "own"),
          Victim.ofTheHook("retired", 47103),
          Victim.ofTheHook("withheld", 47104));

  /** What the thief tries with each operation; a new operation has to be thought of. */
  private static final Map<String, Function<Victim, List<Attempt>>> ATTEMPTS = new TreeMap<>();

  static {
    ATTEMPTS.put("PUT " + Paths.OWNER, StolenHookTokenTest::puts);
    ATTEMPTS.put("DELETE " + Paths.OWNER, StolenHookTokenTest::deletes);
    ATTEMPTS.put("POST " + Paths.BATCH, StolenHookTokenTest::batches);
    ATTEMPTS.put(
        "POST " + Paths.OWNER + "/" + Paths.SUPERSEDE,
        victim -> one("/v1/owners/" + victim.name() + "/supersede", "{\"reason\":\"x\"}"));
    ATTEMPTS.put(
        "POST " + Paths.OWNER + "/" + Paths.REBIND,
        victim ->
            one(
                "/v1/owners/" + victim.name() + "/rebind",
                "{\"reason\":\"x\",\"uidNumber\":47999,\"gidNumber\":47999,\"stableId\":\"a-new\"}"));
    ATTEMPTS.put("POST " + Paths.AUDIT, victim -> one(Paths.AUDIT, ""));
    ATTEMPTS.put(
        "POST " + Paths.STORAGE_CONF + "/" + Paths.VALIDATE,
        victim ->
            one(
                "/v1/storage-conf/validate",
                "{\"files\":{},\"user\":{\"name\":\"zoe\",\"uid\":4242,\"home\":\"/home/zoe\"}}"));
    for (String operation :
        List.of(
            Paths.RECONCILE,
            Paths.ADOPT,
            Paths.DISMISS_ENTRY,
            Paths.VERIFY_LEDGER,
            Paths.REBIND,
            Paths.FOLLOW,
            Paths.FOREIGN_RANGES,
            Paths.IMPORT,
            Paths.SUSPEND_TOKENS,
            Paths.CONFIRM_TOKENS)) {
      ATTEMPTS.put(
          "POST " + Paths.admin(operation),
          victim -> one(Paths.admin(operation), "{\"reason\":\"x\"}"));
    }
    ATTEMPTS.put(
        "POST " + Paths.admin(Paths.TOKENS),
        victim -> one(Paths.admin(Paths.TOKENS), "{\"name\":\"eve\",\"role\":\"admin\"}"));
    ATTEMPTS.put(
        "POST " + Paths.admin(Paths.REVOKE_TOKEN),
        victim -> one("/v1/admin/tokens/hook/revoke", "{\"reason\":\"x\"}"));
    ATTEMPTS.put(
        "PUT " + Paths.NODES + "/" + Paths.REPORT,
        victim -> one("/v1/nodes/r7n01.example.org/report", "{}"));
  }

  @TempDir static Path dir;
  private static Service service;
  private static String stolen;

  @BeforeAll
  static void start() throws IOException {
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    service = Service.closedOfPools(dir, "{bootstrapTokenFile: %s}".formatted(file), POOLS);
    stolen =
        admin(
                "POST",
                "/v1/admin/tokens",
                "{\"name\":\"hook\",\"role\":\"provisioner\",\"uids\":\"47000-47999\",\"stableIdPrefix\":\"a-\",\"dnBase\":\"%s\",\"pool\":\"own\"}"
                    .formatted(BASE))
            .json()
            .path("secret")
            .asText();
    VICTIMS.forEach(StolenHookTokenTest::grant);
    service.awaitUseOfFirstToken(BOOTSTRAP.text());
    for (String name : List.of("retired", "retired-outside")) {
      assertThat(admin("DELETE", "/v1/owners/" + name, "").status()).isEqualTo(204);
    }
    for (Victim victim : VICTIMS) {
      if (victim.name().startsWith("withheld")) {
        // then the name and the uid are free again, and only the decision holds the owner back
        grant(Victim.of("heir" + victim.uid(), victim.uid(), "a-heir" + victim.uid(), BASE, "own"));
        assertThat(admin("DELETE", "/v1/owners/heir" + victim.uid(), "").status()).isEqualTo(204);
      }
    }
  }

  private static void grant(Victim victim) {
    Answer granted =
        admin(
            "PUT",
            "/v1/owners/" + victim.name(),
            body(victim.uid(), Optional.of(victim.stableId()), victim.dn(), victim.pool(), false));
    assertThat(granted.status()).as(granted.toString()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Answer admin(String method, String path, String body) {
    return service.as(BOOTSTRAP.text(), method, path, body);
  }

  private static String body(
      long uid, Optional<String> stableId, Optional<String> dn, String pool, boolean reinstate) {
    return "{\"uidNumber\":%d,\"gidNumber\":%1$d%s%s%s%s}"
        .formatted(
            uid,
            stableId.map(id -> ",\"stableId\":\"" + id + "\"").orElse(""),
            dn.map(text -> ",\"dn\":\"" + text + "\"").orElse(""),
            pool.isEmpty() ? "" : ",\"pool\":\"" + pool + "\"",
            reinstate ? ",\"reinstate\":true" : "");
  }

  private record Description(String name, String body, String pool) {}

  /**
   * Every account that has at least one of the victim's name, uid, stable id and DN; of a victim
   * within the bounds the stable id, since an account with another one is another owner.
   */
  private static List<Description> descriptions(Victim victim) {
    Optional<String> own = Optional.of(victim.stableId());
    List<Description> all = new ArrayList<>();
    for (String name : List.of(victim.name(), "fresh")) {
      for (long uid : List.of(victim.uid(), 47999L)) {
        for (Optional<String> id :
            victim.ofTheHook()
                ? List.of(own)
                : List.of(own, Optional.of("a-new"), Optional.<String>empty())) {
          for (Optional<String> dn :
              List.of(victim.dn(), Optional.of("uid=fresh," + BASE), Optional.<String>empty())) {
            boolean another =
                !name.equals(victim.name())
                    && uid != victim.uid()
                    && !id.equals(own)
                    && !dn.equals(victim.dn());
            for (String pool :
                another
                    ? List.<String>of()
                    : victim.ofTheHook() ? List.of("own", "") : List.of("own", "default", "")) {
              all.add(new Description(name, body(uid, id, dn, pool, false), pool));
              all.add(new Description(name, body(uid, id, dn, pool, true), pool));
            }
          }
        }
      }
    }
    return all;
  }

  private static List<Attempt> puts(Victim victim) {
    return descriptions(victim).stream()
        .filter(description -> description.pool().equals("own"))
        .map(d -> Attempt.of("/v1/owners/" + d.name(), d.body()))
        .toList();
  }

  private static List<Attempt> batches(Victim victim) {
    StringBuilder lines = new StringBuilder();
    for (Description d : descriptions(victim)) {
      lines
          .append("{\"name\":\"%s\",".formatted(d.name()))
          .append(d.body().substring(1))
          .append('\n');
    }
    return List.of(new Attempt(Paths.BATCH, lines.toString(), "application/x-ndjson"));
  }

  private static List<Attempt> deletes(Victim victim) {
    if (victim.ofTheHook()) {
      return List.of(); // what is within the bounds may be retired
    }
    return Stream.of("", "?stableId=", "?stableId=caller%3A")
        .map(query -> query.isEmpty() ? "?reason=x" : query + victim.stableId())
        .map(query -> Attempt.of("/v1/owners/" + victim.name() + query, ""))
        .toList();
  }

  private static List<Attempt> one(String path, String body) {
    return List.of(Attempt.of(path, body));
  }

  private static List<Victim> victims() {
    return VICTIMS;
  }

  @Test
  void everyOperationThatIsNoGetIsTried() {
    assertThat(ATTEMPTS.keySet())
        .containsExactlyInAnyOrderElementsOf(
            AccessRules.APPLICATION.rows().stream()
                .filter(row -> !row.method().equals("GET"))
                .map(row -> row.method() + " " + row.template())
                .toList());
  }

  @ParameterizedTest
  @MethodSource("victims")
  void nothingChanges(Victim victim) {
    String before = everything();
    for (Row row : AccessRules.APPLICATION.rows()) {
      String operation = row.method() + " " + row.template();
      for (Attempt attempt : ATTEMPTS.getOrDefault(operation, v -> List.of()).apply(victim)) {
        Answer answer =
            service.send(
                row.method(),
                attempt.path(),
                attempt.body(),
                "Authorization",
                "Bearer " + stolen,
                "Content-Type",
                attempt.contentType());
        requireRefused(row, answer, "%s %s answers %s".formatted(operation, attempt, answer));
      }
    }
    assertThat(everything()).isEqualTo(before);
  }

  private static void requireRefused(Row row, Answer answer, String what) {
    switch (row.template()) {
      case Paths.BATCH ->
          assertThat(answer.text().lines())
              .as(what)
              .isNotEmpty()
              .allSatisfy(line -> assertThat(line).contains(OUT_OF_SCOPE));
      case Paths.OWNER -> {
        assertThat(answer.status()).as(what).isEqualTo(403);
        assertThat(answer.problem()).as(what).isEqualTo("out-of-scope");
      }
      case Paths.STORAGE_CONF + "/" + Paths.VALIDATE ->
          assertThat(answer.status()).as(what).isEqualTo(200);
      default -> {
        assertThat(answer.status()).as(what).isEqualTo(403);
        assertThat(answer.problem()).as(what).isEqualTo("forbidden");
      }
    }
  }

  /** All that the registry has: its events, rows, snapshot, pools and tokens. */
  private static String everything() {
    StringBuilder all = new StringBuilder();
    for (String path :
        List.of(
            Paths.EVENTS + "?limit=1000",
            Paths.ALLOCATIONS + "?limit=1000",
            Paths.SNAPSHOT,
            Paths.SUBUID,
            Paths.SUBGID,
            Paths.POOLS,
            Paths.admin(Paths.TOKENS))) {
      Answer answer = admin("GET", path, "");
      assertThat(answer.status()).as(path).isEqualTo(200);
      all.append(path).append('\n').append(answer.text()).append('\n');
    }
    return all.toString();
  }
}
