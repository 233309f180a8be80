/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.directory.DirectoryUnavailable;
import cadastre.service.directory.OwnerState;
import cadastre.service.directory.Publication;
import cadastre.service.directory.PublishDirectory;
import cadastre.service.failure.Unavailable;
import cadastre.service.ledger.DirtyOwner;
import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.LedgerReader;
import cadastre.service.ledger.OutboxAge;
import cadastre.subid.Allocation;
import cadastre.subid.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains the outbox: makes the entries of every dirty owner equal to the ledger, then takes him off
 * the list unless he changed meanwhile. No LDAP call is made inside a transaction. One thread talks
 * to the directory and one to the ledger; {@link #await} may be called by many. {@code lock} guards
 * {@code changed}.
 */
public final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final int BATCH = 500;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Ledger ledger;
  private final Optional<PublishDirectory> directory;
  private final DirectoryGuard guard;
  private final ReentrantLock lock = new ReentrantLock();
  private final BlockingQueue<Boolean> signals = new ArrayBlockingQueue<>(1);
  private final Condition changed = lock.newCondition();
  private final Thread thread = new Thread(this::run, "publisher");
  private final ExecutorService bookkeeper =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread bookkeeping = new Thread(task, "publisher-ledger");
            bookkeeping.setDaemon(true);
            return bookkeeping;
          });
  private volatile boolean working = true;
  private volatile boolean closed;

  /** Owners that wait, as they were when they were read, and their states. */
  private record Work(List<DirtyOwner> owners, List<OwnerState> states) {
    static final Work NONE = new Work(List.of(), List.of());

    boolean isEmpty() {
      return owners.isEmpty();
    }
  }

  /**
   * A publisher to this directory; without one, nothing is ever published. While the guard holds
   * nothing is either: an old ledger must not overwrite newer entries.
   */
  public Publisher(Ledger ledger, Optional<PublishDirectory> directory, DirectoryGuard guard) {
    this.ledger = ledger;
    this.directory = directory;
    this.guard = guard;
    thread.setDaemon(true);
  }

  /** Begins to drain in the background. */
  public void start() {
    if (directory.isPresent()) {
      thread.start();
    }
  }

  /** Says that there is something to publish. */
  void signal() {
    boolean unused = signals.offer(true);
  }

  /**
   * Waits for an owner to be published: up to two seconds while publishing works, not at all while
   * it does not.
   */
  DirectoryState await(Owner owner) {
    if (directory.isEmpty() || owner.dn().isEmpty()) {
      return DirectoryState.NONE;
    }
    signal();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    lock.lock();
    try {
      while (ledger.read(reader -> reader.isDirty(owner.stableId()))) {
        long left = deadline - System.nanoTime();
        if (!working || closed || left <= 0) {
          return DirectoryState.PENDING;
        }
        changed.awaitNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
      }
      return DirectoryState.PUBLISHED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DirectoryState.PENDING;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the directory says what the ledger says about these owners, as far as is known now. */
  Map<Owner, DirectoryState> states(Collection<Owner> owners) {
    Map<Owner, DirectoryState> states = new HashMap<>();
    if (directory.isEmpty()) {
      owners.forEach(owner -> states.put(owner, DirectoryState.NONE));
      return states;
    }
    return ledger.read(
        reader -> {
          owners.forEach(owner -> states.put(owner, state(reader, owner)));
          return states;
        });
  }

  private static DirectoryState state(LedgerReader reader, Owner owner) {
    if (owner.dn().isEmpty()) {
      return DirectoryState.NONE;
    }
    return reader.isDirty(owner.stableId()) ? DirectoryState.PENDING : DirectoryState.PUBLISHED;
  }

  /** Whether the last attempt to publish reached the directory. */
  public boolean isWorking() {
    return working;
  }

  private void run() {
    Future<Work> ahead = bookkeeper.submit(() -> read(Work.NONE));
    Future<?> booked = CompletableFuture.completedFuture(null);
    while (!closed) {
      try {
        Work work = result(ahead);
        boolean idle = work.isEmpty() || guard.obstacle().isPresent();
        if (!idle) {
          // The directory never waits for the ledger: while it takes one batch, the one before is
          // booked and the next is read.
          ahead = bookkeeper.submit(() -> read(work));
          List<Publication> results = directory.orElseThrow().publish(work.states());
          result(booked);
          booked = bookkeeper.submit(() -> book(work, results));
          idle = results.stream().anyMatch(Publisher::hasFailed);
          succeeded();
        }
        if (idle) {
          result(booked);
          idle();
          ahead = bookkeeper.submit(() -> read(Work.NONE));
        }
      } catch (RuntimeException e) {
        failed(e);
        idle();
        ahead = bookkeeper.submit(() -> read(Work.NONE));
      }
    }
  }

  private void succeeded() {
    if (!working) {
      LOG.info("publishing works again");
    }
    working = true;
  }

  private void failed(RuntimeException e) {
    if (closed) {
      return;
    }
    if (!(e instanceof DirectoryUnavailable || e instanceof Unavailable)) {
      LOG.error("publishing failed; it will be tried again", e);
    } else if (working) {
      LOG.warn("publishing stops until its directory answers: {}", e.getMessage());
    }
    working = false;
  }

  /** Some of the owners that wait, but those who are being published as they are now. */
  private Work read(Work underWay) {
    Set<DirtyOwner> excepted = Set.copyOf(underWay.owners());
    return ledger.read(
        reader -> {
          List<DirtyOwner> owners =
              reader.dirtyOwners(BATCH + excepted.size()).stream()
                  .filter(owner -> !excepted.contains(owner))
                  .limit(BATCH)
                  .toList();
          if (owners.isEmpty()) {
            return Work.NONE;
          }
          List<String> ids = owners.stream().map(DirtyOwner::stableId).toList();
          Map<String, List<Allocation>> allocations = reader.ofOwners(ids);
          return new Work(
              owners,
              ids.stream()
                  .map(id -> new OwnerState(id, allocations.getOrDefault(id, List.of())))
                  .toList());
        });
  }

  private void book(Work work, List<Publication> results) {
    Map<String, DirtyOwner> byId =
        work.owners().stream().collect(Collectors.toMap(DirtyOwner::stableId, Function.identity()));
    List<Publication> failed = results.stream().filter(Publisher::hasFailed).toList();
    List<Publication> published = results.stream().filter(r -> !hasFailed(r)).toList();
    failed.forEach(r -> LOG.warn("{} is not published: {}", r.stableId(), r.reason()));
    ledger.drained(owners(published, byId), owners(failed, byId));
    wakeWaiters();
  }

  private <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static boolean hasFailed(Publication result) {
    return result.outcome() == Publication.Outcome.FAILED;
  }

  private static List<DirtyOwner> owners(List<Publication> results, Map<String, DirtyOwner> byId) {
    return results.stream().flatMap(r -> Stream.ofNullable(byId.get(r.stableId()))).toList();
  }

  private void wakeWaiters() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void idle() {
    wakeWaiters();
    try {
      signals.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /** How many owners wait and for how long. */
  public OutboxAge age() {
    return ledger.read(reader -> reader.outboxAge(Instant.now()));
  }

  /** Stops draining; what is left is drained after the next start. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    bookkeeper.shutdown();
  }
}
