/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import static io.cadastre.service.bench.Figures.aim;
import static io.cadastre.service.bench.Figures.figure;
import static io.cadastre.service.bench.Figures.median;

import com.sun.management.OperatingSystemMXBean;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerCheck;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.LedgerReport;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.OwnerQueries;
import io.cadastre.service.view.CurrentView;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/**
 * A ledger of 1,000,000 events of 100,000 owners, in an H2 file: how long it takes to hold it
 * against its events, beside reading them only, and how long {@code ?at=} takes, beside the same
 * look-up of the present. -Dcadastre.bench.events=N.
 */
public final class HistoryBench {
  private static final int EVENTS = Integer.getInteger("cadastre.bench.events", 1_000_000);
  private static final int OWNERS = EVENTS / 10;
  private static final int CHUNK = 1_000;
  private static final int LOOK_UPS = 2_000;
  private static final AuditContext BENCH =
      new AuditContext("bench", Optional.empty(), Optional.empty());
  private static final Pool POOL =
      new Pool(
          "default",
          2048,
          List.of(IdRange.between(1001062400, 1879048191)),
          Strategy.NEXT_FREE,
          1000);

  private HistoryBench() {}

  /** Runs it; takes no arguments. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("cadastre-bench");
    try (TestLedger database = TestLedger.inFile(folder.resolve("ledger"), POOL)) {
      Instant began = Instant.now();
      fill(database.ledger());
      check(database.ledger());
      lookUp(database.ledger(), began);
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void fill(Ledger ledger) {
    for (int from = 0; from < OWNERS; from += CHUNK) {
      int first = from;
      boolean unused =
          ledger.change(
              transaction -> {
                for (int i = first; i < first + CHUNK; i++) {
                  grant(transaction, i);
                }
                return true;
              });
    }
    List<Allocation> all = new ArrayList<>(ledger.read(LedgerQueries::all));
    for (int round = 0; round < 9; round++) {
      for (int from = 0; from < all.size(); from += CHUNK) {
        List<Allocation> chunk = all.subList(from, Math.min(from + CHUNK, all.size()));
        boolean unused =
            ledger.change(
                transaction -> {
                  chunk.replaceAll(a -> turned(transaction, a));
                  return true;
                });
      }
    }
  }

  private static void grant(LedgerTransaction transaction, int i) {
    Allocation unused =
        transaction.grant(
            new Allocation(
                UUID.randomUUID(),
                new Owner(
                    "id" + i,
                    new OwnerName("user" + i),
                    100_000 + i,
                    100_000 + i,
                    Optional.empty()),
                Optional.of("default"),
                POOL.range(i),
                POOL.range(i),
                AllocationState.ACTIVE,
                0),
            OptionalLong.of(i),
            EventKind.ALLOCATE,
            BENCH);
  }

  private static Allocation turned(LedgerTransaction transaction, Allocation a) {
    boolean active = a.state() == AllocationState.ACTIVE;
    return transaction.change(
        a,
        a.withState(active ? AllocationState.RETIRED : AllocationState.ACTIVE),
        active ? EventKind.RETIRE : EventKind.REINSTATE,
        BENCH);
  }

  private static void check(Ledger ledger) {
    long began = System.nanoTime();
    long read = 0;
    for (long last = -1; last != read; ) {
      last = read;
      long after = read;
      read += ledger.read(queries -> queries.eventsAfter(after, Optional.empty(), CHUNK).size());
    }
    double reading = (System.nanoTime() - began) / 1e9;
    began = System.nanoTime();
    long cpuBefore = cpu();
    LedgerReport report = new LedgerCheck(ledger, Clock.systemUTC()).run();
    double checking = (System.nanoTime() - began) / 1e9;
    if (!report.isEqual() || report.events() != read) {
      throw new IllegalStateException("not equal: " + report);
    }
    figure("events", (double) read, "events");
    figure("read-events", reading, "s");
    figure("verify-ledger", checking, "s");
    figure("verify-ledger-cpu", (cpu() - cpuBefore) / 1e9, "s");
    aim("1,000,000 events are verified in 30 s", checking <= 30);
  }

  private static void lookUp(Ledger ledger, Instant began) {
    OwnerQueries lookups = new OwnerQueries(CurrentView.of(ledger), ledger);
    Duration lasted = Duration.between(began, Instant.now());
    Random random = new Random(20261126);
    List<Double> present = new ArrayList<>();
    List<Double> then = new ArrayList<>();
    for (int i = 0; i < LOOK_UPS; i++) {
      long id = POOL.range(random.nextInt(OWNERS)).start() + random.nextInt(2048);
      // not before all were granted, which took less than half of the time
      Instant at = began.plusNanos((long) (lasted.toNanos() * (0.5 + random.nextDouble() / 2)));
      present.add(cost(lookups, id, Optional.empty()));
      then.add(cost(lookups, id, Optional.of(at)));
    }
    double late = then.stream().sorted().toList().get(LOOK_UPS * 99 / 100);
    figure("look-up-now", median(present), "ms");
    figure("look-up-at", median(then), "ms");
    figure("look-up-at-99-in-100", late, "ms");
    aim("?at= takes under 50 ms at 1,000,000 events", late < 50);
  }

  /** Nanoseconds of this process on all cores: on a busy machine, what the time would be. */
  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static double cost(OwnerQueries lookups, long id, Optional<Instant> at) {
    long began = System.nanoTime();
    var unused = lookups.holder(IdType.SUBUID, id, at);
    return (System.nanoTime() - began) / 1e6;
  }
}
