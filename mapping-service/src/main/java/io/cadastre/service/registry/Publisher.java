/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.DirectoryUnavailable;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.directory.PublishFailure;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.OutboxAge;
import io.cadastre.service.periodic.PeriodicWork;
import io.cadastre.service.registry.AllocationResult.DirectoryState;
import io.cadastre.service.registry.OutboxDrain.Work;
import io.cadastre.subid.Owner;
import java.time.Clock;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Drains the outbox: makes the entries of each owner in it equal to the ledger, then removes the
 * owner unless it changed meanwhile. No LDAP request is made inside a transaction. One thread uses
 * the directory; the {@link OutboxDrain} reads and writes the ledger. Thread-safe.
 */
public final class Publisher implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** When a directory that refuses all writes is tried again, and with how many owners. */
  private static final Duration RETRY = Duration.ofSeconds(3);

  private static final int RETRIED_OWNERS = 20;

  private final Ledger ledger;
  private final Optional<PublishDirectory> directory;
  private final ChangeGate gate;
  private final ReentrantLock lock = new ReentrantLock();
  private final BlockingQueue<Boolean> signals = new ArrayBlockingQueue<>(1);
  private final Condition changed = lock.newCondition();
  private final Thread thread = new Thread(this::run, "publisher");
  private final OutboxDrain outboxDrain;
  private final RefusalLog refusalLog = new RefusalLog();
  private final PeriodicWork draining =
      new PeriodicWork(
          "publishing",
          this::drain,
          t -> t instanceof DirectoryUnavailable || t instanceof Unavailable,
          Clock.systemUTC());
  private volatile boolean working = true;
  private volatile Optional<String> refusal = Optional.empty();
  private volatile boolean closed;

  /**
   * A publisher to this directory; without one, nothing is ever published. While the gate holds
   * changes back, nothing is published either: an old ledger must not overwrite newer entries.
   */
  public Publisher(Ledger ledger, Optional<PublishDirectory> directory, ChangeGate gate) {
    this.ledger = ledger;
    this.directory = directory;
    this.gate = gate;
    this.outboxDrain = new OutboxDrain(ledger, this::wakeWaiters);
    thread.setDaemon(true);
  }

  /** Starts to drain in the background. */
  public void start() {
    if (directory.isPresent()) {
      thread.start();
    }
  }

  /** Wakes the publisher: the outbox has work. */
  void signal() {
    boolean unused = signals.offer(true);
  }

  /**
   * Waits at most 2 s until an owner is published; returns at once while publishing does not work.
   */
  DirectoryState await(Owner owner) {
    if (directory.isEmpty() || owner.dn().isEmpty()) {
      return DirectoryState.NONE;
    }
    signal();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    lock.lock();
    try {
      while (ledger.read(queries -> queries.isDirty(owner.stableId()))) {
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

  /** Returns the current state of each owner, in a map that the caller may change. */
  Map<Owner, DirectoryState> states(Collection<Owner> owners) {
    Set<String> dirty =
        directory.isEmpty()
            ? Set.of()
            : ledger.read(
                queries -> queries.dirtyAmong(owners.stream().map(Owner::stableId).toList()));
    Map<Owner, DirectoryState> states = new HashMap<>();
    owners.forEach(owner -> states.put(owner, state(owner, dirty.contains(owner.stableId()))));
    return states;
  }

  /** Returns the state of an owner right after a change. */
  DirectoryState stateOnceChanged(Owner owner) {
    return state(owner, true);
  }

  private DirectoryState state(Owner owner, boolean dirty) {
    if (directory.isEmpty() || owner.dn().isEmpty()) {
      return DirectoryState.NONE;
    }
    return dirty ? DirectoryState.PENDING : DirectoryState.PUBLISHED;
  }

  /** The work in the background. */
  public PeriodicWork draining() {
    return draining;
  }

  /**
   * Whether the last attempt reached the directory, and the directory did not refuse all writes.
   */
  public boolean isWorking() {
    return working;
  }

  /** Returns why the directory refuses all writes; empty if it does not. */
  public Optional<String> refusal() {
    return refusal;
  }

  private void run() {
    while (!closed) {
      draining.run();
      idle();
    }
  }

  private void drain() {
    try {
      drain(directory.orElseThrow());
    } catch (Throwable t) {
      if (!closed) {
        refusal = Optional.empty();
        working = false;
        throw t;
      }
    } finally {
      outboxDrain.stop();
    }
  }

  /** Publishes until the outbox is empty, the gate holds changes back, or an owner is refused. */
  private void drain(PublishDirectory to) {
    boolean refused = false;
    while (!refused && gate.obstacle().isEmpty()) {
      Work next = outboxDrain.next();
      Work work = refusal.isPresent() ? next.first(RETRIED_OWNERS) : next;
      if (work.isEmpty()) {
        return;
      }
      List<PublishFailure> failures = to.publish(work.states());
      outboxDrain.record(work, failures);
      refused = !failures.isEmpty();
      update(failures, failures.size() == work.states().size());
    }
  }

  /** Updates what is known of the directory; a retry has succeeded once it accepts one owner. */
  private void update(List<PublishFailure> failures, boolean allFailed) {
    Optional<PublishFailure> directoryWide =
        failures.stream().filter(PublishFailure::isDirectoryWide).findFirst();
    if (directoryWide.isPresent()) {
      working = false;
      refusal = Optional.of(directoryWide.get().reason());
      refusalLog.refusesAll(directoryWide.get(), age().owners());
      return;
    }
    if (!failures.isEmpty()) {
      refusalLog.refuses(failures);
    }
    if (refusal.isEmpty() || !allFailed) {
      refusal.ifPresent(reason -> refusalLog.accepts());
      refusal = Optional.empty();
      working = true;
    }
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
      if (refusal.isPresent()) {
        // Not by signals: every request would cause a retry.
        Thread.sleep(RETRY.toMillis());
      } else {
        signals.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /** Returns how many owners are in the outbox, and for how long the first one. */
  public OutboxAge age() {
    return ledger.read(queries -> queries.outboxAge(Instant.now()));
  }

  /** Stops to drain; the next start continues. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    outboxDrain.close();
  }
}
