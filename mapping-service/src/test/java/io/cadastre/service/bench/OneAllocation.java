/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import static io.cadastre.service.bench.Figures.aim;
import static io.cadastre.service.bench.Figures.figure;
import static io.cadastre.service.bench.Figures.median;

import io.cadastre.service.config.IdentitySource;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.Accounts;
import io.cadastre.service.registry.AdmissionRules;
import io.cadastre.service.registry.AllocateRequest;
import io.cadastre.service.registry.CallerIdentity;
import io.cadastre.service.registry.ChangeGate;
import io.cadastre.service.registry.Identities;
import io.cadastre.service.registry.OwnerCommands;
import io.cadastre.service.registry.Publisher;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One allocation in a ledger of 1,000 owners beside one in a ledger of 100,000, by turns. */
final class OneAllocation {
  private static final int SMALL = 1_000;
  private static final int LARGE = Integer.getInteger("cadastre.bench.large", 100_000);
  private static final int TURNS = 1_000;
  private static final AuditContext BENCH =
      new AuditContext("bench", Optional.empty(), Optional.empty());
  private static final Pool POOL =
      new Pool(
          "default",
          2048,
          List.of(IdRange.between(1001062400, 1879048191)),
          Strategy.NEXT_FREE,
          1000);

  private OneAllocation() {}

  static void compare() throws Exception {
    Path folder = Files.createTempDirectory("cadastre-bench");
    try (TestLedger small = TestLedger.inFile(folder.resolve("small"), POOL);
        TestLedger large = TestLedger.inFile(folder.resolve("large"), POOL)) {
      OwnerCommands inSmall = commands(small);
      OwnerCommands inLarge = commands(large);
      fill(inSmall, SMALL);
      fill(inLarge, LARGE);
      List<Double> smallCosts = new ArrayList<>();
      List<Double> largeCosts = new ArrayList<>();
      for (int turn = 0; turn < TURNS; turn++) {
        smallCosts.add(cost(inSmall, SMALL + turn));
        largeCosts.add(cost(inLarge, LARGE + turn));
      }
      double ratio = median(largeCosts) / median(smallCosts);
      figure("one-allocation-at-" + SMALL + "-owners", median(smallCosts), "ms");
      figure("one-allocation-at-" + LARGE + "-owners", median(largeCosts), "ms");
      figure("cost-ratio", ratio, "ratio");
      aim("one allocation at 100,000 owners costs at most 1.5 times one at 1,000", ratio <= 1.5);
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static OwnerCommands commands(TestLedger ledger) {
    ChangeGate gate = ChangeGate.open();
    return new OwnerCommands(
        ledger.ledger(),
        new Identities(IdentitySource.CALLER, Accounts.none()),
        new Publisher(ledger.ledger(), Optional.empty(), gate),
        gate,
        AdmissionRules.byDefault());
  }

  private static void fill(OwnerCommands commands, int owners) {
    for (int from = 0; from < owners; from += 1_000) {
      commands.allocateAll(
          IntStream.range(from, from + 1_000).mapToObj(OneAllocation::request).toList(),
          commands.runner(false),
          BENCH);
    }
  }

  private static AllocateRequest request(int i) {
    return new AllocateRequest(
        new OwnerName("user" + i),
        Optional.empty(),
        Optional.of(
            new CallerIdentity(10_000 + i, 10_000 + i, Optional.of("id" + i), Optional.empty())));
  }

  private static double cost(OwnerCommands commands, int i) {
    AllocateRequest request = request(i);
    long began = System.nanoTime();
    var unused = commands.allocate(request, BENCH);
    return (System.nanoTime() - began) / 1e6;
  }
}
