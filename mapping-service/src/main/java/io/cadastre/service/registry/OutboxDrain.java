/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.OwnerState;
import io.cadastre.service.directory.PublishFailure;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.OutboxEntry;
import io.cadastre.subid.Allocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Takes owners from the outbox for the publisher: reads them, and removes those that are published.
 * Both overlap with publishing: the next owners are read while the ones before are published, and
 * owners with results that are still being recorded are left out. Used by one thread. Other threads
 * read and write the ledger, since H2 closes a file if its reader is interrupted.
 */
final class OutboxDrain implements AutoCloseable {
  /**
   * Owners read at once. Twice as many as a transaction of a batch changes: recording waits for
   * such a transaction, and the directory must have enough work meanwhile.
   */
  private static final int OWNERS_PER_READ = 1000;

  /** Recordings under way at most; they wait for such transactions as well. */
  private static final int MAX_RECORDINGS = 4;

  private final Ledger ledger;
  private final Runnable afterRecording;
  private final ExecutorService reading = thread("publisher-reads");
  private final ExecutorService writing = thread("publisher-records");
  private final Deque<Recording> recordings = new ArrayDeque<>();
  private Optional<Future<Work>> ahead = Optional.empty();

  /** Owners in the outbox, and their states in the same transaction. */
  record Work(List<OutboxEntry> owners, List<OwnerState> states) {
    static final Work NONE = new Work(List.of(), List.of());

    boolean isEmpty() {
      return owners.isEmpty();
    }

    /** Returns at most this number of them, from the start. */
    Work first(int most) {
      int count = Math.min(most, owners.size());
      return new Work(owners.subList(0, count), states.subList(0, count));
    }
  }

  private record Recording(Work work, Future<?> done) {}

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  OutboxDrain(Ledger ledger, Runnable afterRecording) {
    this.ledger = ledger;
    this.afterRecording = afterRecording;
  }

  /**
   * Returns owners of the outbox, except those with results that are being recorded; no owner if
   * the outbox has no other.
   *
   * @throws RuntimeException of the ledger, also if an earlier recording has failed: those owners
   *     are still in the outbox
   */
  Work next() {
    awaitRecordings();
    Set<OutboxEntry> excepted =
        recordings.stream().flatMap(b -> b.work().owners().stream()).collect(Collectors.toSet());
    Work work = ahead.map(OutboxDrain::result).orElse(Work.NONE);
    if (work.isEmpty()) {
      work = result(reading.submit(() -> read(excepted)));
    }
    if (!work.isEmpty()) {
      Set<OutboxEntry> these = new HashSet<>(excepted);
      these.addAll(work.owners());
      ahead = Optional.of(reading.submit(() -> read(these)));
    }
    return work;
  }

  /** Removes the recordings that are done, waits if too many are not, and throws if one failed. */
  private void awaitRecordings() {
    List<Future<?>> done = new ArrayList<>();
    while (!recordings.isEmpty()
        && (recordings.size() >= MAX_RECORDINGS || recordings.peek().done().isDone())) {
      Future<?> oldest = recordings.remove().done();
      done.add(oldest);
    }
    done.forEach(OutboxDrain::result);
  }

  /** Drops the owners read ahead, since publishing stops and they would be out of date. */
  void stop() {
    ahead = Optional.empty();
  }

  private Work read(Set<OutboxEntry> excepted) {
    return ledger.read(
        queries -> {
          List<OutboxEntry> owners =
              queries.dirtyOwners(OWNERS_PER_READ + excepted.size()).stream()
                  .filter(owner -> !excepted.contains(owner))
                  .limit(OWNERS_PER_READ)
                  .toList();
          if (owners.isEmpty()) {
            return Work.NONE;
          }
          List<String> ids = owners.stream().map(OutboxEntry::stableId).toList();
          Map<String, List<Allocation>> allocations = queries.ofOwners(ids);
          return new Work(
              owners,
              ids.stream()
                  .map(id -> new OwnerState(id, allocations.getOrDefault(id, List.of())))
                  .toList());
        });
  }

  /**
   * Records the results in the background: published owners leave the outbox, failed owners move to
   * its end.
   */
  void record(Work work, List<PublishFailure> failures) {
    recordings.add(new Recording(work, writing.submit(() -> write(work, failures))));
  }

  private void write(Work work, List<PublishFailure> failures) {
    Set<String> failedIds =
        failures.stream().map(PublishFailure::stableId).collect(Collectors.toSet());
    List<OutboxEntry> published = new ArrayList<>();
    List<OutboxEntry> failed = new ArrayList<>();
    work.owners()
        .forEach(owner -> (failedIds.contains(owner.stableId()) ? failed : published).add(owner));
    ledger.drained(published, failed);
    afterRecording.run();
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    reading.shutdown();
    writing.shutdown();
  }
}
