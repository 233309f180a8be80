/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import static io.cadastre.service.bench.Figures.figure;

import io.cadastre.service.config.IdentitySource;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.directory.OwnerState;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.directory.Slapd;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.Accounts;
import io.cadastre.service.registry.AdmissionRules;
import io.cadastre.service.registry.AllocateRequest;
import io.cadastre.service.registry.CallerIdentity;
import io.cadastre.service.registry.ChangeGate;
import io.cadastre.service.registry.Identities;
import io.cadastre.service.registry.OwnerCommands;
import io.cadastre.service.registry.Publisher;
import io.cadastre.service.registry.Reconciler;
import io.cadastre.service.view.CurrentView;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * The comparison of a real slapd with a ledger that agrees with it: the time of a processor that it
 * takes, and how much memory it holds on to at most.
 */
public final class ComparisonBench {
  private static final int OWNERS = Integer.getInteger("cadastre.bench.owners", 100_000);
  private static final int RUNS = 5;
  private static final AuditContext BENCH =
      new AuditContext("bench", Optional.empty(), Optional.empty());
  private static final Pool POOL =
      new Pool(
          "default",
          2048,
          List.of(IdRange.between(1001062400, 1879048191)),
          Strategy.NEXT_FREE,
          1000);

  private ComparisonBench() {}

  /** Runs it; takes no arguments. */
  public static void main(String[] args) throws Exception {
    try (Slapd slapd = Slapd.start();
        TestLedger database = TestLedger.inMemory(POOL);
        Directory directory = Directory.open(slapd.configuration(), Clock.systemUTC())) {
      fill(database);
      slapd.load(entries(database.ledger(), directory.publish()));
      ChangeGate gate = ChangeGate.open();
      Reconciler reconciler = reconciler(database.ledger(), directory.publish(), gate);
      for (int run = 0; run < RUNS; run++) {
        double before = cpuSeconds();
        reconciler.compareAtStart();
        figure("comparison-of-" + OWNERS + "-owners", cpuSeconds() - before, "s");
      }
      figure("memory-of-the-comparison", megabytesHeld(reconciler::compareAtStart), "MB");
    }
  }

  private static Reconciler reconciler(Ledger ledger, PublishDirectory directory, ChangeGate gate) {
    Publisher publisher = new Publisher(ledger, Optional.of(directory), gate);
    CurrentView views = CurrentView.of(ledger);
    return new Reconciler(
        ledger, Optional.of(directory), publisher, gate, AdmissionRules.byDefault(), views);
  }

  private static void fill(TestLedger database) {
    ChangeGate gate = ChangeGate.open();
    OwnerCommands commands =
        new OwnerCommands(
            database.ledger(),
            new Identities(IdentitySource.CALLER, Accounts.none()),
            new Publisher(database.ledger(), Optional.empty(), gate),
            gate,
            AdmissionRules.byDefault());
    for (int from = 0; from < OWNERS; from += 1000) {
      commands.allocateAll(
          IntStream.range(from, from + 1000).mapToObj(ComparisonBench::request).toList(),
          commands.runner(false),
          BENCH);
    }
    // The DNs come from accounts, which this ledger has none of.
    database.edit(
        "UPDATE allocation SET dn = 'uid=' || name || ',ou=people,dc=example,dc=org'",
        "DELETE FROM outbox");
  }

  private static AllocateRequest request(int i) {
    return new AllocateRequest(
        new OwnerName("user" + i),
        Optional.empty(),
        Optional.of(
            new CallerIdentity(10_000 + i, 10_000 + i, Optional.of("id" + i), Optional.empty())));
  }

  private static String entries(Ledger ledger, PublishDirectory directory) {
    StringBuilder ldif = new StringBuilder();
    boolean unused =
        ledger.read(
            queries -> {
              queries.forEachAllocation(
                  a ->
                      ldif.append(
                          directory.ldif(new OwnerState(a.owner().stableId(), List.of(a)))));
              return true;
            });
    return ldif.toString();
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getProcessCpuTime()
        / 1e9;
  }

  /** The most that is reachable during the work, beyond what was before. */
  private static double megabytesHeld(Runnable work) throws InterruptedException {
    long before = reachable();
    long most = before;
    AtomicBoolean works = new AtomicBoolean(true);
    Thread worker =
        new Thread(
            () -> {
              work.run();
              works.set(false);
            });
    worker.start();
    while (works.get()) {
      most = Math.max(most, reachable());
      Thread.sleep(50);
    }
    worker.join();
    return (most - before) / 1e6;
  }

  private static long reachable() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
