/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.DirectoryUnavailable;
import io.cadastre.service.directory.Publication;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.OutboxAge;
import io.cadastre.service.periodic.PeriodicWork;
import io.cadastre.service.registry.OutboxReader.Work;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains the outbox: makes the entries of every dirty owner equal to the ledger, then takes him off
 * the list unless he changed meanwhile. No LDAP call is made inside a transaction. One thread talks
 * to the directory; the ledger is the {@link OutboxReader}'s. {@link #await} may be called by many.
 * {@code lock} guards {@code changed}.
 */
public final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** When a directory that takes nothing is tried again, and with how many owners. */
  private static final Duration RETRY = Duration.ofSeconds(3);

  private static final int TRIED = 20;

  private final Ledger ledger;
  private final Optional<PublishDirectory> directory;
  private final ChangeGate gate;
  private final ReentrantLock lock = new ReentrantLock();
  private final BlockingQueue<Boolean> signals = new ArrayBlockingQueue<>(1);
  private final Condition changed = lock.newCondition();
  private final Thread thread = new Thread(this::run, "publisher");
  private final OutboxReader outboxReader;
  private final RefusalLog log = new RefusalLog();
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
   * A publisher to this directory; without one, nothing is ever published. While the guard holds
   * nothing is either: an old ledger must not overwrite newer entries.
   */
  public Publisher(Ledger ledger, Optional<PublishDirectory> directory, ChangeGate gate) {
    this.ledger = ledger;
    this.directory = directory;
    this.gate = gate;
    this.outboxReader = new OutboxReader(ledger, this::wakeWaiters);
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

  /** Whether the directory says what the ledger says about these owners, as far as is known now. */
  Map<Owner, DirectoryState> states(Collection<Owner> owners) {
    Map<Owner, DirectoryState> states = new HashMap<>();
    if (directory.isEmpty()) {
      owners.forEach(owner -> states.put(owner, DirectoryState.NONE));
      return states;
    }
    Set<String> dirty =
        ledger.read(queries -> queries.dirtyAmong(owners.stream().map(Owner::stableId).toList()));
    owners.forEach(owner -> states.put(owner, state(owner, dirty.contains(owner.stableId()))));
    return states;
  }

  /** What {@link #states} would say right after the owner was changed. */
  DirectoryState stateOnceChanged(Owner owner) {
    return directory.isEmpty() ? DirectoryState.NONE : state(owner, true);
  }

  private static DirectoryState state(Owner owner, boolean dirty) {
    if (owner.dn().isEmpty()) {
      return DirectoryState.NONE;
    }
    return dirty ? DirectoryState.PENDING : DirectoryState.PUBLISHED;
  }

  /** The draining, which goes on in the background. */
  public PeriodicWork draining() {
    return draining;
  }

  /** Whether the last attempt to publish reached the directory, and it took something. */
  public boolean isWorking() {
    return working;
  }

  /** Why the directory takes nothing from anybody now: read-only for instance; empty if it does. */
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
      outboxReader.stop();
    }
  }

  /** Publishes until nobody waits any more, the guard holds, or the directory refuses somebody. */
  private void drain(PublishDirectory to) {
    boolean refused = false;
    while (!refused && gate.obstacle().isEmpty()) {
      Work next = outboxReader.next();
      Work work = refusal.isPresent() ? next.first(TRIED) : next;
      if (work.isEmpty()) {
        return;
      }
      List<Publication> results = to.publish(work.states());
      outboxReader.book(work, results);
      List<Publication> failed = results.stream().filter(Publication::hasFailed).toList();
      refused = !failed.isEmpty();
      judge(failed, failed.size() == results.size());
    }
  }

  private void judge(List<Publication> failed, boolean allFailed) {
    Optional<Publication> ofTheWhole =
        failed.stream().filter(Publication::isOfTheWhole).findFirst();
    if (ofTheWhole.isPresent()) {
      working = false;
      refusal = Optional.of(ofTheWhole.get().reason());
      log.refusesAll(ofTheWhole.get(), age().owners());
      return;
    }
    log.refuses(failed);
    if (refusal.isEmpty() || !allFailed) {
      succeeded();
    }
  }

  private void succeeded() {
    if (refusal.isPresent()) {
      LOG.info("publishing works again");
    }
    refusal = Optional.empty();
    working = true;
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
        // Each request signals; a directory that takes nothing is not asked for each.
        Thread.sleep(RETRY.toMillis());
      } else {
        signals.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /** How many owners wait and for how long. */
  public OutboxAge age() {
    return ledger.read(queries -> queries.outboxAge(Instant.now()));
  }

  /** Stops draining; what is left is drained after the next start. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    outboxReader.close();
  }
}
