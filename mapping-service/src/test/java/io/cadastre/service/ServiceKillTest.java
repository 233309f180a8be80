/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.directory.Slapd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 in the middle of a batch, again and again. Every line of an answer is an acknowledged
 * allocation: it has to be there, unchanged, after every restart.
 */
@Tag("slow")
class ServiceKillTest {
  private static final int KILLS = Integer.getInteger("cadastre.soak.kills", 8);
  private static final int NEW_OWNERS = 300;
  private static final int COMPACT_EVERY = 4;
  private static final int COMPACTION_MILLIS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final Map<String, JsonNode> acknowledged = new HashMap<>();

  @Test
  void acknowledgedAllocationsSurviveKills() throws Exception {
    Random random = new Random(20261123);
    try (Slapd slapd = Slapd.start();
        ServiceProcess service = new ServiceProcess(folder, slapd.yaml())) {
      slapd.load(accounts(KILLS * NEW_OWNERS));
      int killedInABatch = 0;
      for (int round = 0; round < KILLS; round++) {
        service.start(ServiceProcess.SHORT_LIVED);
        service.createsNoLedgerFromNowOn();
        Thread killer = killAfter(service, 50 + random.nextInt(1_000));
        boolean whole = batch(service, round * NEW_OWNERS);
        killer.join();
        killedInABatch += whole ? 0 : 1;
        if (round % COMPACT_EVERY == 1) {
          killACompaction(service, random.nextInt(COMPACTION_MILLIS));
        }
      }
      assertThat(killedInABatch).as("kills that cut a batch").isPositive();
      service.start(ServiceProcess.SHORT_LIVED);
      compare(service);
      assertThat(reconcile(service, true)).contains("\"repaired\":true");
      awaitOutbox(service);
      assertThat(reconcile(service, false)).contains("\"findings\":[]");
      assertThat(slapd.count(Slapd.SUBIDS)).isEqualTo(allocations(service).size());
    }
  }

  private static String reconcile(ServiceProcess service, boolean repair) throws Exception {
    return service.send(
        "POST", "/v1/admin/reconcile", "application/json", "{\"repair\":%s}".formatted(repair));
  }

  private static String accounts(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                """
                dn: uid=user%1$d,%2$s
                objectClass: account
                objectClass: posixAccount
                uid: user%1$d
                cn: user%1$d
                uidNumber: %3$d
                gidNumber: %3$d
                homeDirectory: /home/user%1$d

                """
                    .formatted(i, Slapd.PEOPLE, 10_000 + i))
        .collect(Collectors.joining());
  }

  private static Thread killAfter(ServiceProcess service, long millis) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(millis);
                service.kill();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    return thread;
  }

  /** kill -9 once the second file is there, or after that compaction has ended. */
  private void killACompaction(ServiceProcess service, int millis) throws Exception {
    List<String> command =
        new ArrayList<>(
            ServiceProcess.java(
                "io.cadastre.service.CadastreApplication", ServiceProcess.SHORT_LIVED));
    command.addAll(List.of("ledger", "compact", service.configuration().toString()));
    Process compaction =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("compact.log").toFile())
            .start();
    while (compaction.isAlive() && !Files.exists(folder.resolve("ledger.mv.db.tempFile"))) {
      Thread.sleep(1);
    }
    Thread.sleep(millis);
    compaction.destroyForcibly().waitFor();
  }

  /** Asks for old and new owners; true if the whole answer came before the kill. */
  private boolean batch(ServiceProcess service, int first) throws InterruptedException {
    int from = Math.max(0, first - 50);
    String lines =
        IntStream.range(from, first + NEW_OWNERS)
            .mapToObj(i -> "{\"name\":\"user" + i + "\",\"pool\":\"small\"}\n")
            .collect(Collectors.joining());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.url() + "/v1/owners/batch"))
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines))
            .build();
    try (BufferedReader answer =
        new BufferedReader(
            new InputStreamReader(
                HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8))) {
      int count = 0;
      for (String line = answer.readLine(); line != null; line = answer.readLine()) {
        acknowledge(JSON.readTree(line));
        count++;
      }
      return count == first + NEW_OWNERS - from;
    } catch (IOException e) {
      return false; // killed: what was not acknowledged may or may not be there
    }
  }

  private void acknowledge(JsonNode line) {
    assertThat(line.has("allocation")).as(line.toString()).isTrue();
    JsonNode allocation = line.get("allocation");
    JsonNode earlier = acknowledged.putIfAbsent(line.get("name").asText(), allocation);
    if (earlier != null) {
      assertThat(allocation).isEqualTo(earlier);
    }
  }

  private void compare(ServiceProcess service) throws Exception {
    Map<String, JsonNode> kept = allocations(service);
    assertThat(kept).containsAllEntriesOf(acknowledged);
    Set<Long> starts = new HashSet<>();
    kept.values().forEach(a -> assertThat(starts.add(a.at("/subuid/start").asLong())).isTrue());
  }

  private static Map<String, JsonNode> allocations(ServiceProcess service) throws Exception {
    Map<String, JsonNode> all = new HashMap<>();
    String cursor = "";
    do {
      JsonNode page =
          JSON.readTree(
              service.send("GET", "/v1/allocations?limit=1000" + cursor, "application/json", ""));
      for (JsonNode row : page.path("allocations")) {
        all.put(row.at("/owner/name").asText(), row.get("allocation"));
      }
      cursor = page.hasNonNull("next") ? "&cursor=" + page.get("next").asText() : "";
    } while (!cursor.isEmpty());
    return all;
  }

  private static void awaitOutbox(ServiceProcess service) throws Exception {
    for (int i = 0; i < 300; i++) {
      String health = service.send("GET", "/healthcheck", "application/json", "");
      if (health.contains("\"0 owners wait")) {
        return;
      }
      Thread.sleep(200);
    }
    throw new AssertionError("the outbox does not drain");
  }
}
