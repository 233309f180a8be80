/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static io.cadastre.service.registry.CallerSite.reinstating;
import static io.cadastre.service.registry.CallerSite.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.NotAllocated;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A batch has the same results as its requests one by one. */
@Tag("slow")
class BatchIsOneByOneTest {
  private static final int BATCHES = 150;
  private static final Pool BY_UID = TestLedger.byUid(40);

  /** Returns a request with one of few names, uids and ids, so that requests conflict. */
  private static AllocateRequest random(Random random) {
    String name = "user" + random.nextInt(60);
    long uid = 1000L + random.nextInt(60);
    Optional<String> id =
        random.nextInt(8) == 0 ? Optional.empty() : Optional.of("id" + random.nextInt(60));
    Optional<String> pool = random.nextInt(4) == 0 ? Optional.of("by-uid") : Optional.empty();
    AllocateRequest request = request(name, uid, id, pool);
    return random.nextInt(3) == 0 ? reinstating(request) : request;
  }

  @Test
  void batchHasTheResultsOfItsRequestsOneByOne() {
    Random random = new Random(20261125);
    try (TestLedger together = TestLedger.inMemory(TestLedger.DEFAULT_POOL, BY_UID);
        TestLedger oneByOne = TestLedger.inMemory(TestLedger.DEFAULT_POOL, BY_UID)) {
      CallerSite batches = new CallerSite(together.ledger());
      CallerSite singles = new CallerSite(oneByOne.ledger());
      for (int batch = 0; batch < BATCHES; batch++) {
        List<AllocateRequest> requests =
            random.ints(1 + random.nextInt(12)).mapToObj(i -> random(random)).toList();

        List<String> answers =
            batches
                .ownerCommands
                .allocateAll(requests, batches.ownerCommands.runner(false), TEST)
                .stream()
                .map(BatchIsOneByOneTest::text)
                .toList();

        assertThat(answers).as("%s", requests).isEqualTo(oneByOne(singles, requests));
        assertThat(rows(batches)).as("%s", requests).isEqualTo(rows(singles));
        retireOne(random, batches, singles);
      }
      assertThat(batches.ledger.head().lastEvent()).isEqualTo(singles.ledger.head().lastEvent());
    }
  }

  private static void retireOne(Random random, CallerSite batches, CallerSite singles) {
    List<Allocation> all = batches.ledger.read(LedgerQueries::all);
    if (!all.isEmpty()) {
      OwnerName name = all.get(random.nextInt(all.size())).owner().name();
      batches.ownerCommands.retire(name, TEST);
      singles.ownerCommands.retire(name, TEST);
    }
  }

  private static List<String> oneByOne(CallerSite site, List<AllocateRequest> requests) {
    List<String> answers = new ArrayList<>();
    for (AllocateRequest request : requests) {
      try {
        answers.add(text(site.ownerCommands.allocate(request, TEST)));
      } catch (Refused refused) {
        answers.add(refused.code().toString());
      }
    }
    return answers;
  }

  private static String text(AllocationResult result) {
    return result instanceof NotAllocated refused
        ? refused.reason().code().toString()
        : result.allocated().map(a -> a.outcome() + " " + row(a.allocation())).orElseThrow();
  }

  private static List<String> rows(CallerSite site) {
    return site.ledger.read(LedgerQueries::all).stream().map(BatchIsOneByOneTest::row).toList();
  }

  private static String row(Allocation a) {
    return "%s %s %s %d %s %s"
        .formatted(a.owner(), a.uidRange(), a.pool(), a.serial(), a.state(), a.gidRange());
  }
}
