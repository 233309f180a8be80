/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.LedgerUnusable;
import io.cadastre.service.failure.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The ledger. Reads run in parallel, changes one at a time: a change locks the serial's row first,
 * so the database decides every race, between processes too. Thread-safe.
 */
public final class Ledger {
  private static final String SYNC = "CHECKPOINT SYNC";

  private final Jdbi jdbi;
  private final boolean embedded;

  /**
   * Held while a transaction writes to H2. A commit of H2 stores the undo log and the tables one
   * after another: a row that another transaction writes meanwhile can be stored without its undo
   * record, and a kill then leaves half of a change (decision 0002).
   */
  private final ReentrantLock writing = new ReentrantLock(true);

  private final List<Commits> learners = new CopyOnWriteArrayList<>();

  private Ledger(Jdbi jdbi, boolean embedded) {
    this.jdbi = jdbi;
    this.embedded = embedded;
  }

  /**
   * Whether this database holds a ledger. A database that another process has open counts as one
   * that does. Changes nothing and creates nothing.
   *
   * @throws Unavailable if the database does not answer
   * @throws LedgerUnusable if its file is damaged
   */
  public static boolean exists(DataSource dataSource) {
    return FirstEvent.isIn(dataSource);
  }

  /**
   * Opens the ledger in this database, bringing its tables up to date.
   *
   * @throws Unavailable if the database does not answer or another process holds its file
   * @throws LedgerUnusable if there is no ledger, or its file is damaged
   */
  public static Ledger open(DataSource dataSource) {
    if (!exists(dataSource)) {
      throw new LedgerUnusable("there is no ledger in the configured database");
    }
    return prepare(dataSource);
  }

  /**
   * Opens the ledger in this database, or creates one, which then has one event.
   *
   * @throws Unavailable if the database does not answer or another process holds its file
   * @throws LedgerUnusable if its file is damaged
   */
  public static Ledger openOrCreate(DataSource dataSource) {
    Ledger ledger = prepare(dataSource);
    ledger.jdbi.useTransaction(FirstEvent::writeIfMissing);
    return ledger;
  }

  /**
   * Brings the tables up to date without creating a ledger in them: the first event of a replay
   * does that. Until then {@link #exists} is false.
   */
  public static Ledger prepare(DataSource dataSource) {
    Migrations.run(dataSource);
    return new Ledger(LedgerJdbi.create(dataSource), Migrations.isH2(dataSource));
  }

  /** Tells this one, too, of the changes from now on. */
  public void onCommit(Commits learner) {
    learners.add(learner);
  }

  /** The state in the first event. */
  record LedgerRecord(UUID ledger) {}

  /** Runs queries that see the ledger at one moment. */
  public <T> T read(Function<LedgerQueries, T> query) {
    return readRows(handle -> query.apply(new LedgerQueries(handle)));
  }

  /** Runs queries on the tables, which see them at one moment. */
  <T> T readRows(Function<Handle, T> query) {
    return translated(() -> jdbi.inTransaction(atOneMoment(), query::apply));
  }

  /** H2's REPEATABLE READ takes its snapshot table by table, PostgreSQL's takes one of all. */
  private TransactionIsolationLevel atOneMoment() {
    return embedded
        ? TransactionIsolationLevel.SERIALIZABLE
        : TransactionIsolationLevel.REPEATABLE_READ;
  }

  /** The head of the ledger. */
  public LedgerHead head() {
    return read(LedgerQueries::head);
  }

  /**
   * Runs a change. If {@code change} throws, nothing is changed; if this returns, the change
   * survives a kill of the process and a power cut.
   */
  public <T> T change(Function<LedgerTransaction, T> change) {
    Change<T> done =
        exclusively(
            () -> {
              Change<T> result =
                  jdbi.inTransaction(
                      handle -> {
                        LedgerTransaction transaction = begin(handle);
                        T value = change.apply(transaction);
                        return new Change<>(value, transaction.finish(), transaction.head());
                      });
              if (embedded) {
                // WRITE_DELAY=0 hands a commit to the kernel; this is its fsync.
                jdbi.withHandle(handle -> handle.execute(SYNC));
              }
              return result;
            });
    learners.forEach(learner -> learner.committed(done.head(), done.events()));
    ChangeLog.committed(done.events());
    return done.result();
  }

  private record Change<T>(T result, List<Event> events, LedgerHead head) {}

  /** Starts a sequence of changes that are rolled back. */
  public DryRun dryRun() {
    return new DryRun(this);
  }

  /**
   * Runs all of a change but its commit, and rolls it back; those who learn of commits rehearse,
   * too. Writes H2's file to the disk once.
   */
  public <T> T rehearse(Function<LedgerTransaction, T> change) {
    List<Event> events = new ArrayList<>();
    T value =
        rollBack(
            transaction -> {
              T changed = change.apply(transaction);
              events.addAll(transaction.finish());
              return changed;
            });
    if (embedded) {
      int unused = exclusively(() -> jdbi.withHandle(handle -> handle.execute(SYNC)));
    }
    learners.forEach(learner -> learner.rehearsed(events));
    return value;
  }

  /** Runs a change and rolls it back. */
  <T> T rollBack(Function<LedgerTransaction, T> change) {
    return exclusively(
        () ->
            jdbi.withHandle(
                handle -> {
                  handle.begin();
                  try {
                    LedgerTransaction transaction = begin(handle);
                    T value = change.apply(transaction);
                    // Writes the grants, so that the guards check them.
                    transaction.flush();
                    return value;
                  } finally {
                    handle.rollback();
                  }
                }));
  }

  private LedgerTransaction begin(Handle handle) {
    LedgerHeadTable heads = new LedgerHeadTable(handle);
    LedgerHead head = heads.lock();
    return new LedgerTransaction(handle, head, heads.reading(embedded));
  }

  /**
   * Removes owners from the outbox.
   *
   * @param published owners whose entries now equal the ledger, unless they changed meanwhile
   * @param failed owners that the directory refused; they stay, behind the others
   */
  public void drained(List<OutboxEntry> published, List<OutboxEntry> failed) {
    boolean unused =
        writeRows(
            handle -> {
              OutboxTable outbox = new OutboxTable(handle);
              outbox.done(published);
              failed.forEach(outbox::postpone);
              return true;
            });
  }

  /** Runs what writes the tables by itself: a replay, a settlement. */
  <T> T writeRows(Function<Handle, T> work) {
    return exclusively(() -> jdbi.inTransaction(work::apply));
  }

  /** Whether the database is H2. */
  boolean isEmbedded() {
    return embedded;
  }

  private <T> T exclusively(Supplier<T> work) {
    if (!embedded) {
      return translated(work);
    }
    writing.lock();
    try {
      return translated(work);
    } finally {
      writing.unlock();
    }
  }

  private static <T> T translated(Supplier<T> work) {
    try {
      return work.get();
    } catch (JdbiException e) {
      throw DatabaseFailure.translated(e);
    }
  }
}
