/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.BlockedRange;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.SnapshotQueries;
import io.cadastre.service.view.CurrentView;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SnapshotCacheTest {
  private static final int THREADS = 16;

  @TempDir Path directory;
  private TestLedger ledger;
  private SnapshotCache snapshots;

  @BeforeEach
  void open() {
    ledger = TestLedger.inFile(directory.resolve("ledger"));
    snapshots =
        new SnapshotCache(new SnapshotQueries(CurrentView.of(ledger.ledger()), ledger.ledger()));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void grant(int slot) {
    IdRange range = new IdRange(1001062400 + 65536L * slot, 65536);
    Owner owner =
        new Owner("s" + slot, new OwnerName("u" + slot), 1000 + slot, 100, Optional.empty());
    Allocation wanted =
        new Allocation(
            UUID.randomUUID(),
            owner,
            Optional.of("default"),
            range,
            range,
            AllocationState.ACTIVE,
            0);
    Allocation unused =
        ledger
            .ledger()
            .change(
                transaction ->
                    transaction.grant(
                        wanted,
                        OptionalLong.of(slot),
                        EventKind.ALLOCATE,
                        AuditContext.service("test", "a test")));
  }

  @Test
  void sameSerialIsRenderedOnceForAllWhoAskAtOnce() throws Exception {
    for (int slot = 0; slot < 20; slot++) {
      grant(slot);
      assertThat(askedAtOnce()).hasSize(1);
    }
  }

  private Set<ServedSnapshot> askedAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CountDownLatch begin = new CountDownLatch(1);
      List<Future<ServedSnapshot>> asked = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        asked.add(
            threads.submit(
                () -> {
                  begin.await();
                  return snapshots.current();
                }));
      }
      begin.countDown();
      Set<ServedSnapshot> served = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Future<ServedSnapshot> each : asked) {
        served.add(each.get());
      }
      return served;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void burstOfChangesIsRenderedWhenSomebodyAsks() {
    ServedSnapshot before = snapshots.current();
    for (int slot = 0; slot < 50; slot++) {
      grant(slot);
    }

    ServedSnapshot after = snapshots.current();

    assertThat(after.view().head().serial()).isEqualTo(before.view().head().serial() + 50);
    assertThat(snapshots.current()).isSameAs(after);
  }

  @Test
  void snapshotIsOfOneMomentWhileTheLedgerChanges() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> changes =
          thread.submit(
              () -> {
                for (int slot = 0; slot < 200; slot++) {
                  grant(slot);
                }
              });
      while (!changes.isDone()) {
        CurrentSnapshot current = snapshots.currentWithHead();
        ServedSnapshot served = current.served();
        assertThat(served.view().extent().rows()).isEqualTo(served.view().head().serial());
        assertThat(current.head().serial()).isEqualTo(served.view().head().serial());
      }
      changes.get();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void headMovesWithEventsThatTheSnapshotDoesNotShow() {
    grant(0);
    CurrentSnapshot before = snapshots.currentWithHead();
    ledger
        .ledger()
        .change(
            transaction -> {
              transaction.note(
                  EventKind.BLOCK,
                  new BlockedRange("subuid", 1, 1, "a test"),
                  AuditContext.service("test", "a test"));
              return true;
            });

    CurrentSnapshot after = snapshots.currentWithHead();

    assertThat(after.served()).isSameAs(before.served());
    assertThat(after.head()).isEqualTo(ledger.ledger().head());
    assertThat(after.head().lastEvent()).isEqualTo(before.head().lastEvent() + 1);
  }

  @Test
  void linesAndCompressedFormsAreKept() {
    grant(0);
    ServedSnapshot served = snapshots.current();

    assertThat(served.text().gzip()).isSameAs(served.text().gzip());
    assertThat(served.lines(IdType.SUBUID, true)).isSameAs(served.lines(IdType.SUBUID, true));
  }

  @Test
  void snapshotOfALedgerThatWasReplacedIsNotServed() {
    grant(0);
    grant(1);
    ServedSnapshot before = snapshots.current();
    ledger.edit(
        "DELETE FROM outbox",
        "DELETE FROM id_range",
        "DELETE FROM slot",
        "DELETE FROM allocation",
        "DELETE FROM event WHERE seq > 2",
        "UPDATE ledger SET (last_event, serial, revision, head) ="
            + " (SELECT seq, serial, revision, hash FROM event WHERE seq = 2)");
    grant(2);
    grant(3);

    ServedSnapshot after = snapshots.current();

    assertThat(after.view().head().serial()).isEqualTo(before.view().head().serial());
    assertThat(new String(after.text().plain(), UTF_8))
        .contains("u2:", "u3:")
        .doesNotContain("u0:");
    assertThat(snapshots.compressedWithHead().served()).isSameAs(after);
  }

  @Test
  void onlyOneTextIsCompressedForAllWhoWait() throws Exception {
    grant(0);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<ServedSnapshot>> asked = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        asked.add(threads.submit(() -> snapshots.compressedWithHead().served()));
      }
      Set<ServedSnapshot> served = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Future<ServedSnapshot> one : asked) {
        served.add(one.get());
      }
      assertThat(served).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }
}
