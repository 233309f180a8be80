/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerRegistry.TEST;
import static io.cadastre.service.registry.CallerRegistry.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A batch asks and writes for many at once; its outcome is that of the same requests in turn. */
class BatchIsOneByOneTest {
  private static final int BATCHES = 150;
  private static final Pool BY_UID = TestLedger.byUid(40);

  /** Few names, uids and ids, so that they meet in each other's way. */
  private static AllocateRequest drawn(Random random) {
    String name = "user" + random.nextInt(60);
    long uid = 1000L + random.nextInt(60);
    Optional<String> id =
        random.nextInt(8) == 0 ? Optional.empty() : Optional.of("id" + random.nextInt(60));
    Optional<String> pool = random.nextInt(4) == 0 ? Optional.of("by-uid") : Optional.empty();
    return request(name, uid, id, pool);
  }

  @Test
  void anyRequestsHaveTheSameOutcomeTogetherAndInTurn() {
    Random random = new Random(20261125);
    try (TestLedger together = TestLedger.inMemory(TestLedger.DEFAULT_POOL, BY_UID);
        TestLedger inTurn = TestLedger.inMemory(TestLedger.DEFAULT_POOL, BY_UID)) {
      CallerRegistry batches = new CallerRegistry(together.ledger());
      CallerRegistry singles = new CallerRegistry(inTurn.ledger());
      for (int batch = 0; batch < BATCHES; batch++) {
        List<AllocateRequest> requests =
            random.ints(1 + random.nextInt(12)).mapToObj(i -> drawn(random)).toList();

        List<String> answers =
            batches.registry.allocateAll(requests, Optional.empty(), TEST).stream()
                .map(BatchIsOneByOneTest::said)
                .toList();

        assertThat(answers).as("%s", requests).isEqualTo(inTurn(singles, requests));
        assertThat(rows(batches)).as("%s", requests).isEqualTo(rows(singles));
        retireOne(random, batches, singles);
      }
      assertThat(batches.ledger.head().lastEvent()).isEqualTo(singles.ledger.head().lastEvent());
    }
  }

  private static void retireOne(Random random, CallerRegistry batches, CallerRegistry singles) {
    List<Allocation> all = batches.ledger.read(LedgerQueries::all);
    if (!all.isEmpty()) {
      OwnerName name = all.get(random.nextInt(all.size())).owner().name();
      batches.registry.retire(name, TEST);
      singles.registry.retire(name, TEST);
    }
  }

  private static List<String> inTurn(CallerRegistry site, List<AllocateRequest> requests) {
    List<String> answers = new ArrayList<>();
    for (AllocateRequest request : requests) {
      try {
        answers.add(said(site.registry.allocate(request, TEST)));
      } catch (Refused refused) {
        answers.add(refused.code().toString());
      }
    }
    return answers;
  }

  private static String said(BatchLine line) {
    return line.granted()
        .map(BatchIsOneByOneTest::said)
        .orElseGet(() -> ((Refused) line.refused().orElseThrow()).code().toString());
  }

  private static String said(AllocationResult granted) {
    return granted.outcome() + " " + row(granted.allocation());
  }

  private static List<String> rows(CallerRegistry site) {
    return site.ledger.read(LedgerQueries::all).stream().map(BatchIsOneByOneTest::row).toList();
  }

  private static String row(Allocation a) {
    return "%s %s %s %d %s %s"
        .formatted(a.owner(), a.uidRange(), a.pool(), a.serial(), a.state(), a.gidRange());
  }
}
