/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.rest.Service.Answer;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRefused;
import io.cadastre.subid.SnapshotRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the answers of two services that share a database, H2 as a server, against what they have
 * acknowledged, while four clients allocate: {@code cadastre.soak.allocations} in all, 150 if it is
 * not set. Fifteen seconds.
 */
@Tag("slow")
class OwnWritesTest {
  private static final int ALLOCATIONS = Integer.getInteger("cadastre.soak.allocations", 150);
  private static final int WRITERS = 4;

  @TempDir static Path dir;
  private static Server database;
  private static List<Service> replicas;

  @BeforeAll
  static void start() throws Exception {
    database =
        Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", dir.toString()).start();
    replicas = List.of(replica("one"), replica("two"));
  }

  private static Service replica(String name) throws Exception {
    return Service.closed(
        Files.createDirectories(dir.resolve(name)),
        "open",
        "jdbc:h2:tcp://127.0.0.1:%d/./ledger".formatted(database.getPort()));
  }

  @AfterAll
  static void stop() {
    replicas.forEach(Service::close);
    database.stop();
  }

  /** What one replica has acknowledged so far. */
  private final List<Set<String>> acknowledged =
      List.of(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());

  @Test
  void noAnswerIsOlderThanWhatWasAcknowledgedNorHalfOfAChange() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + replicas.size());
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> writing = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(i);
      writing.add(threads.submit(() -> write(next, random)));
    }
    List<Future<?>> reading = new ArrayList<>();
    for (int i = 0; i < replicas.size(); i++) {
      int replica = i;
      reading.add(threads.submit(() -> read(replica, writing)));
    }
    for (Future<?> one : writing) {
      one.get();
    }
    for (Future<?> one : reading) {
      one.get();
    }
    threads.shutdown();

    assertThat(acknowledged.get(0).size() + acknowledged.get(1).size()).isEqualTo(ALLOCATIONS);
  }

  /** Each writer finds its own change at once, and at the other replica by the event's number. */
  private void write(AtomicInteger next, Random random) {
    for (int n = next.getAndIncrement(); n < ALLOCATIONS; n = next.getAndIncrement()) {
      int here = random.nextInt(replicas.size());
      String path = "/v1/owners/user" + n;
      Answer put = replicas.get(here).put(path, Service.identity(10_000 + n, "id-" + n));
      assertThat(put.status()).as(put.toString()).isEqualTo(201);
      acknowledged.get(here).add("user" + n);
      JsonNode allocation = put.json().path("allocation");

      assertThat(put.header("Cadastre-Event")).isNotEmpty();

      Answer own = replicas.get(here).get(path);
      assertThat(own.json().path("allocation")).isEqualTo(allocation);
      long event = Long.parseLong(put.header("Cadastre-Event"));
      assertThat(Long.parseLong(own.header("Cadastre-Event"))).isGreaterThanOrEqualTo(event);
      Answer there = replicas.get(1 - here).get(path, "Cadastre-Min-Event", Long.toString(event));
      assertThat(there.json().path("allocation")).as(there.toString()).isEqualTo(allocation);
      Answer holder =
          replicas.get(here).get("/v1/ids/subgid/" + allocation.at("/subgid/start").asLong());
      assertThat(holder.json().path("allocation")).isEqualTo(allocation);
    }
  }

  /** A snapshot has all that its replica had acknowledged before, and never an older event. */
  private void read(int replica, List<Future<?>> writing) {
    long last = 0;
    while (writing.stream().anyMatch(w -> !w.isDone())) {
      Set<String> before = Set.copyOf(acknowledged.get(replica));
      Answer answer = replicas.get(replica).get("/v1/snapshot");
      long event = Long.parseLong(answer.header("Cadastre-Event"));
      assertThat(event).isGreaterThanOrEqualTo(last);
      last = event;
      Snapshot snapshot = parsed(answer);
      assertThat(snapshot.serial()).isEqualTo(snapshot.rows().size());
      assertThat(
              snapshot.rows().stream()
                  .map(SnapshotRow::name)
                  .map(Object::toString)
                  .collect(Collectors.toSet()))
          .containsAll(before);
    }
  }

  private static Snapshot parsed(Answer answer) {
    try {
      return Snapshot.parse(answer.http().body());
    } catch (SnapshotRefused e) {
      throw new AssertionError(answer.toString(), e);
    }
  }

  @Test
  void eventThatTheLedgerDoesNotHaveAndOneThatIsNoNumberAreRefused() {
    Answer far = replicas.get(0).get("/v1/pools", "Cadastre-Min-Event", "999999999");
    assertThat(far.status()).isEqualTo(412);
    assertThat(far.problem()).isEqualTo("unknown-event");
    for (String odd : List.of("x", "-1", "1 2", "1234567890123456789")) {
      Answer refused = replicas.get(0).get("/v1/owners/nobody", "Cadastre-Min-Event", odd);
      assertThat(refused.problem()).as(odd).isEqualTo("bad-request");
    }
  }
}
