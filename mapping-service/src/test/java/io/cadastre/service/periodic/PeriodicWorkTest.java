/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.periodic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Work that fails goes on, is said once to fail, and shows when it last succeeded. */
class PeriodicWorkTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private final Logger log = (Logger) LoggerFactory.getLogger(PeriodicWork.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private Runnable now = () -> {};

  private PeriodicWork work() {
    return new PeriodicWork(
        "testing",
        () -> now.run(),
        t -> t instanceof IllegalStateException,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Runnable throwing(Supplier<? extends Throwable> what) {
    return () -> PeriodicWorkTest.<RuntimeException>raise(what.get());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable t) throws T {
    throw (T) t;
  }

  @BeforeEach
  void listen() {
    said.start();
    log.setLevel(Level.INFO);
    log.setAdditive(false);
    log.addAppender(said);
  }

  @AfterEach
  void stop() {
    log.detachAppender(said);
    log.setAdditive(true);
    log.setLevel(null);
  }

  @Test
  void schedulerGoesOnAfterWhateverIsThrown() {
    AtomicInteger runs = new AtomicInteger();
    List<Supplier<Throwable>> thrown =
        List.of(
            () -> new OutOfMemoryError("injected"),
            () -> new StackOverflowError("injected"),
            () -> new NoClassDefFoundError("injected"),
            () -> new Exception("injected"),
            () -> new IllegalArgumentException("injected"));
    now =
        () -> {
          int run = runs.getAndIncrement();
          if (run < thrown.size()) {
            throwing(thrown.get(run)).run();
          }
        };
    PeriodicWork work = work();
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    try {
      Future<?> unused = scheduler.scheduleWithFixedDelay(work, 0, 1, TimeUnit.MILLISECONDS);
      await().atMost(Duration.ofMinutes(1)).until(() -> work.lastSuccess().isPresent());
    } finally {
      scheduler.shutdownNow();
    }
    assertThat(said.list).filteredOn(e -> e.getLevel() == Level.ERROR).hasSize(thrown.size());
  }

  /** With the option of the unit and of bin/cadastre server; without it, the next run follows. */
  @ParameterizedTest
  @CsvSource({"-XX:+ExitOnOutOfMemoryError, 3", "-XX:-ExitOnOutOfMemoryError, 0"})
  void processThatIsOutOfMemoryEndsOnlyIfItIsAskedTo(String option, int status) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                OutOfMemory.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(output).isEqualTo(status);
    assertThat(output.contains("the next run")).isEqualTo(status == 0);
  }

  /** A process whose first run of some work has too little memory. */
  static final class OutOfMemory {
    private OutOfMemory() {}

    public static void main(String[] arguments) {
      AtomicInteger runs = new AtomicInteger();
      PeriodicWork work =
          new PeriodicWork(
              "testing",
              () -> {
                if (runs.incrementAndGet() == 1) {
                  System.out.println(new long[100_000_000].length);
                }
              },
              t -> true,
              Clock.systemUTC());
      work.run();
      work.run();
      System.out.println("the next run: " + work.lastSuccess().isPresent());
    }
  }

  @Test
  void failureIsSaidOnceAndSoIsItsEnd() {
    PeriodicWork work = work();
    for (int i = 0; i < 5; i++) {
      int attempt = i;
      now = throwing(() -> new IllegalStateException("attempt " + attempt));
      work.run();
    }
    assertThat(work.failure()).contains("attempt 4");
    assertThat(work.lastSuccess()).isEmpty();
    now = () -> {};
    work.run();
    work.run();

    assertThat(said.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "testing fails, and is tried again until it works: attempt 0", "testing works again");
    assertThat(said.list.get(0).getThrowableProxy()).isNull();
    assertThat(work.failure()).isEmpty();
    assertThat(work.lastSuccess()).contains(NOW);
  }

  @Test
  void failureOfAnotherKindIsSaidWithItsStack() {
    PeriodicWork work = work();
    now = throwing(() -> new IllegalStateException("an outage"));
    work.run();
    now = throwing(() -> new AssertionError("a defect"));
    work.run();
    work.run();

    assertThat(said.list).hasSize(2);
    assertThat(said.list.get(1).getThrowableProxy().getMessage()).isEqualTo("a defect");
  }
}
