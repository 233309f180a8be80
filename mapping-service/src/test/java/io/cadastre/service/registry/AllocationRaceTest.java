/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static io.cadastre.service.registry.CallerSite.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class AllocationRaceTest {
  private static final int THREADS = 16;
  private static final int OWNERS = 2_000;

  @TempDir Path folder;

  @Test
  void sixteenThreadsGiveEveryOwnerOneRangeAndTheSameAnswerToARepeat() throws Exception {
    List<Integer> requests = new ArrayList<>();
    for (int i = 0; i < OWNERS; i++) {
      requests.add(i);
      if (i % 2 == 0) {
        requests.add(i);
      }
    }
    Collections.shuffle(requests, new Random(7));
    Map<Integer, Allocation> answers = new ConcurrentHashMap<>();
    try (TestLedger database = TestLedger.inFile(folder.resolve("ledger"))) {
      CallerSite site = new CallerSite(database.ledger());
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      List<Future<?>> all = new ArrayList<>();
      for (int i : requests) {
        all.add(threads.submit(() -> checkSame(answers, i, allocate(site, i))));
      }
      for (Future<?> one : all) {
        one.get();
      }
      threads.shutdown();

      assertThat(answers).hasSize(OWNERS);
      List<Allocation> kept = site.ledger.read(queries -> queries.all());
      assertThat(kept).containsExactlyInAnyOrderElementsOf(answers.values());
      for (IdType type : IdType.values()) {
        assertThat(AllocationFindings.overlaps(type, kept)).isEmpty();
      }
      assertThat(site.ledger.head().serial()).isEqualTo(OWNERS);
    }
  }

  private static Allocation allocate(CallerSite site, int i) {
    return site.ownerCommands.allocate(request("user" + i, 1000 + i, "id" + i), TEST).allocation();
  }

  private static void checkSame(Map<Integer, Allocation> answers, int owner, Allocation answer) {
    Allocation earlier = answers.putIfAbsent(owner, answer);
    if (earlier != null) {
      assertThat(answer).isEqualTo(earlier);
    }
  }
}
