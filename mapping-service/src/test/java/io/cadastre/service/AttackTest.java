/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadastre.service.attack.Drip;
import io.cadastre.service.attack.HostileRequest;
import io.cadastre.service.attack.RawAnswer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An unauthenticated client sends hostile requests to a service with the heap of its unit. The
 * service never fails, never runs out of memory, and serves the snapshot all the while.
 */
@Tag("slow")
class AttackTest {
  private static final boolean FULL = Boolean.getBoolean("cadastre.soak.attack");
  private static final int REQUESTS = FULL ? 26_000 : 300;
  private static final int DRIPPING = FULL ? 1_100 : 200;

  /** The bound for a snapshot: bin/soak measures it; here it is below a body's whole time. */
  private static final Duration IN_TIME = Duration.ofSeconds(FULL ? 2 : 60);

  private static final Duration DRIPPED = Duration.ofSeconds(FULL ? 100 : 3);
  private static final int BATCHES = FULL ? 20 : 5;
  private static final int OWNERS = FULL ? 2_000 : 200;

  /** The first of the generated requests; each next one has the next seed. Never changed. */
  private static final long SEED = 20_261_112_000_000L;

  private static final Pattern FAULT =
      Pattern.compile("^ERROR|OutOfMemoryError|StackOverflowError|a request has failed");

  @TempDir static Path folder;
  private static ServiceProcess service;

  private final ExecutorService threads = Executors.newFixedThreadPool(FULL ? 64 : 16);

  @BeforeAll
  static void start() throws Exception {
    service = new ServiceProcess(folder, "caller", "");
    service.start();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < OWNERS; i++) {
      lines.append(line(i, "", "")).append('\n');
    }
    assertThat(batch(lines.toString()).text()).contains("\"created\"");
  }

  private static String line(int i, String dn, String more) {
    return "{\"name\":\"owner%1$d\",\"uidNumber\":%2$d,\"gidNumber\":%2$d,\"stableId\":\"s%1$d%3$s\"%4$s}"
        .formatted(i, 5000 + i, dn, more);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void serviceIsWell() throws Exception {
    threads.shutdown();
    assertThat(Files.readAllLines(service.log()))
        .filteredOn(line -> FAULT.matcher(line).find())
        .as("faults in the service's log")
        .isEmpty();
    assertThat(service.isAlive()).isTrue();
    assertThat(service.send("GET", "/healthcheck", "application/json", ""))
        .doesNotContain("\"healthy\":false");
    await().atMost(Duration.ofMinutes(2)).untilAsserted(AttackTest::snapshotComesInTime);
  }

  private static void snapshotComesInTime() throws Exception {
    RawAnswer answer = get("/v1/snapshot");
    assertThat(answer.statuses()).containsExactly(200);
    assertThat(answer.took()).isLessThan(IN_TIME);
  }

  private static RawAnswer get(String path) throws Exception {
    return send("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path));
  }

  private static RawAnswer batch(String lines) throws Exception {
    return post("/v1/owners/batch?dryRun=false", "application/x-ndjson", lines);
  }

  private static RawAnswer post(String path, String type, String body) throws Exception {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n";
    return send(head.formatted(path, type, body.length()) + body);
  }

  private static RawAnswer send(String request) throws Exception {
    return RawAnswer.to(service.port(), request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** All at once, with the snapshot in between; each answer is no fault. */
  private List<RawAnswer> atOnce(int count, Callable<RawAnswer> request) throws Exception {
    List<Future<RawAnswer>> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      asked.add(threads.submit(request));
    }
    List<RawAnswer> answers = new ArrayList<>();
    for (Future<RawAnswer> each : asked) {
      answers.add(each.get());
      assertThat(answers.get(answers.size() - 1)).matches(RawAnswer::isNoFault, "no fault");
    }
    return answers;
  }

  @Test
  void generatedRequestsFindNoFault() throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      long seed = SEED + i;
      sent.add(
          threads.submit(
              () -> {
                RawAnswer answer = RawAnswer.to(service.port(), HostileRequest.of(seed));
                assertThat(answer).as("seed %d", seed).matches(RawAnswer::isNoFault, "no fault");
                return answer;
              }));
    }
    for (Future<?> each : sent) {
      each.get();
    }
  }

  @Test
  void snapshotComesInTimeWhileConnectionsDrip() throws Exception {
    Duration undisturbed = Duration.ZERO;
    for (int i = 0; i < 50; i++) {
      undisturbed = get("/v1/snapshot").took();
    }
    long end = System.nanoTime() + DRIPPED.toNanos();
    Duration longest = Duration.ZERO;
    int asked = 0;
    try (Drip drip = new Drip(service.port(), DRIPPING, 500)) {
      while (System.nanoTime() < end || drip.opened() < DRIPPING) {
        RawAnswer answer = get("/v1/snapshot");
        assertThat(answer.statuses()).containsExactly(200);
        assertThat(answer.took()).isLessThan(IN_TIME);
        longest = answer.took().compareTo(longest) > 0 ? answer.took() : longest;
        asked++;
        Thread.sleep(50);
      }
      System.out.printf(
          "%d connections dripped, %d were opened: %d snapshots, the slowest took %d ms, one before %d ms%n",
          DRIPPING, drip.opened(), asked, longest.toMillis(), undisturbed.toMillis());
    }
  }

  @Test
  void largeBatchesFitIntoTheHeap() throws Exception {
    String line = line(1, "", "") + " ".repeat(60_000) + "\n";
    String lines = line.repeat((30 << 20) / line.length());

    List<RawAnswer> answers = atOnce(BATCHES, () -> batch(lines));

    assertThat(answers).anyMatch(answer -> answer.statuses().equals(List.of(200)));
  }

  @Test
  void batchOfOneLongLineFitsIntoTheHeap() throws Exception {
    String line = "x".repeat(30 << 20);

    assertThat(atOnce(FULL ? 8 : 2, () -> batch(line)))
        .anyMatch(answer -> answer.text().contains("longer than 65536 bytes"));
  }

  /** Half a request each: no thread, but memory. */
  @Test
  void idleConnectionsFitIntoTheHeap() throws Exception {
    byte[] half = ("GET / HTTP/1.1\r\nX: " + "y".repeat(7_000)).getBytes(StandardCharsets.UTF_8);
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < (FULL ? 3_000 : 300); i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        open.add(socket);
        socket.getOutputStream().write(half);
      }
      assertThat(get("/v1/snapshot").statuses()).containsExactly(200);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void listingsFitIntoTheHeap() throws Exception {
    for (String path :
        List.of("/v1/events?limit=1000", "/v1/allocations?limit=1000", "/v1/changes?since=0")) {
      atOnce(FULL ? 1_000 : 40, () -> get(path));
    }
  }

  @Test
  void storageConfsFitIntoTheHeap() throws Exception {
    for (String toml :
        List.of("a=1\\n", "[a]\\n", "[", "a.", "\\\"", "a={", "#\\n", "[[a]]\\n", "é")) {
      String body =
          "{\"files\":{\"user\":\"%s\"},\"user\":{\"name\":\"zoe\",\"uid\":4242,\"home\":\"/home/zoe\"},\"engine\":\"legacy\"}"
              .formatted(toml.repeat((FULL ? 900_000 : 300_000) / toml.length()));
      atOnce(FULL ? 20 : 2, () -> post("/v1/storage-conf/validate", "application/json", body));
    }
  }

  @Test
  void oneAuditRunsAtATime() throws Exception {
    List<RawAnswer> answers =
        atOnce(FULL ? 1_100 : 100, () -> post("/v1/audit", "application/json", ""));

    assertThat(answers).anyMatch(answer -> answer.statuses().equals(List.of(200)));
  }
}
