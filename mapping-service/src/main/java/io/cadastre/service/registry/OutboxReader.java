/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.OwnerState;
import io.cadastre.service.directory.Publication;
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
 * The ledger's side of publishing: who is to be published next, and who has been. The directory
 * need not wait until a booking is done, those owners are left out meanwhile, nor until the next
 * are read: that is done while the ones before are published. Used by one thread; the ledger is
 * read and written by others, since H2 closes a file whose reader is interrupted.
 */
final class OutboxReader implements AutoCloseable {
  /**
   * Owners at a time. Twice what a transaction of a bulk allocation changes: booking waits for such
   * a transaction, and the directory shall have enough to do meanwhile.
   */
  private static final int AT_A_TIME = 1000;

  /** Bookings under way at most; they too wait for such transactions. */
  private static final int BOOKINGS = 4;

  private final Ledger ledger;
  private final Runnable afterBooking;
  private final ExecutorService reading = thread("publisher-reads");
  private final ExecutorService writing = thread("publisher-books");
  private final Deque<Booking> bookings = new ArrayDeque<>();
  private Optional<Future<Work>> ahead = Optional.empty();

  /** Owners that wait, as they were when they were read, and their states. */
  record Work(List<OutboxEntry> owners, List<OwnerState> states) {
    static final Work NONE = new Work(List.of(), List.of());

    boolean isEmpty() {
      return owners.isEmpty();
    }

    /** The first {@code most} of them. */
    Work first(int most) {
      int count = Math.min(most, owners.size());
      return new Work(owners.subList(0, count), states.subList(0, count));
    }
  }

  private record Booking(Work work, Future<?> done) {}

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  OutboxReader(Ledger ledger, Runnable afterBooking) {
    this.ledger = ledger;
    this.afterBooking = afterBooking;
  }

  /**
   * Some of the owners who wait, except those whose present state is being booked; none if nobody
   * waits.
   *
   * @throws RuntimeException the ledger's, also if an earlier booking has failed: those owners wait
   *     again
   */
  Work next() {
    settle();
    Set<OutboxEntry> excepted =
        bookings.stream().flatMap(b -> b.work().owners().stream()).collect(Collectors.toSet());
    Work work = ahead.map(OutboxReader::result).orElse(Work.NONE);
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

  /** Forgets the bookings that are done, and says at once if any has failed. */
  private void settle() {
    List<Future<?>> done = new ArrayList<>();
    while (!bookings.isEmpty()
        && (bookings.size() >= BOOKINGS || bookings.peek().done().isDone())) {
      Future<?> oldest = bookings.remove().done();
      done.add(oldest);
    }
    done.forEach(OutboxReader::result);
  }

  /** Says that publishing stops: what was read ahead will be old when it goes on. */
  void stop() {
    ahead = Optional.empty();
  }

  private Work read(Set<OutboxEntry> excepted) {
    return ledger.read(
        queries -> {
          List<OutboxEntry> owners =
              queries.dirtyOwners(AT_A_TIME + excepted.size()).stream()
                  .filter(owner -> !excepted.contains(owner))
                  .limit(AT_A_TIME)
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
   * Takes whoever is published off the outbox, and puts the others behind.
   *
   * @param results one for each owner, in their order
   */
  void book(Work work, List<Publication> results) {
    bookings.add(new Booking(work, writing.submit(() -> write(work, results))));
  }

  private void write(Work work, List<Publication> results) {
    List<OutboxEntry> published = new ArrayList<>();
    List<OutboxEntry> failed = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      (results.get(i).hasFailed() ? failed : published).add(work.owners().get(i));
    }
    ledger.drained(published, failed);
    afterBooking.run();
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
