/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static io.cadastre.service.directory.TestAllocations.active;
import static io.cadastre.service.directory.TestAllocations.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.subid.OwnerName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that stops and comes back: reported quickly, and used again without a restart. */
@Tag("slow")
class SlapdOutageTest {
  private Optional<Slapd> running = Optional.empty();
  private Directory directory;

  @BeforeEach
  void start() {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    running = Optional.of(Slapd.start());
    directory = Directory.open(slapd().configuration(), Clock.systemUTC());
    slapd().addAccount("zoe", 5000, 5000);
  }

  @AfterEach
  void stop() {
    if (directory != null) {
      directory.close();
    }
    running.ifPresent(Slapd::close);
  }

  private Slapd slapd() {
    return running.orElseThrow();
  }

  private static void unavailable(ThrowingCallable call) {
    long start = System.nanoTime();
    assertThatThrownBy(call).isInstanceOf(DirectoryUnavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("less than the configured limits")
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void everyOperationIsUnavailableAtOnceAndWorksAfterTheRestart() {
    OwnerName zoe = new OwnerName("zoe");
    assertThat(directory.identity().find(zoe)).isPresent();
    assertThat(directory.publish().publish(List.of(state(active(1))))).isEmpty();
    slapd().kill();
    for (int i = 0; i < 3; i++) {
      unavailable(() -> directory.identity().find(zoe));
      unavailable(() -> directory.identity().readAll());
      unavailable(() -> directory.identity().ping());
      unavailable(() -> directory.publish().publish(List.of(state(active(2)))));
      unavailable(() -> directory.publish().entries());
      unavailable(() -> directory.publish().ping());
      unavailable(() -> directory.publish().ensureContainers());
    }
    slapd().restart();
    assertThat(directory.identity().find(zoe)).isPresent();
    assertThat(directory.publish().publish(List.of(state(active(2))))).isEmpty();
    assertThat(directory.publish().entries()).hasSize(2);
  }

  /** After a restart, every pooled connection is broken, not only the first. */
  @Test
  void restartBetweenTwoOperationsIsNoOutage() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 3; round++) {
        List<Future<AccountIndex>> reads =
            IntStream.range(0, 8)
                .mapToObj(i -> threads.submit(() -> directory.identity().readAll()))
                .toList();
        for (Future<AccountIndex> read : reads) {
          assertThat(read.get().owners()).hasSize(1);
        }
        slapd().restart();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void nextRunCompletesABatchCutShortByAKill() throws Exception {
    List<OwnerState> states = IntStream.range(0, 3000).mapToObj(i -> state(active(i))).toList();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<List<PublishFailure>> first = thread.submit(() -> directory.publish().publish(states));
      while (slapd().count(Slapd.SUBIDS) < 100) {
        Thread.sleep(5);
      }
      slapd().kill();
      assertThatThrownBy(first::get).hasCauseInstanceOf(DirectoryUnavailable.class);
    } finally {
      thread.shutdown();
    }
    slapd().restart();
    assertThat(slapd().count(Slapd.SUBIDS)).isBetween(1, 2999);
    assertThat(directory.publish().publish(states)).isEmpty();
    assertThat(slapd().count(Slapd.SUBIDS)).isEqualTo(3000);
  }
}
