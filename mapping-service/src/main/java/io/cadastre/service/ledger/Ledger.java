/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.LedgerUnusable;
import io.cadastre.service.failure.Unavailable;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.Arguments;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The ledger. It can be read by many at once and changed by one at a time: a change locks the
 * serial's row first, so every race is decided by the database, whoever runs it. Thread-safe.
 */
public final class Ledger {
  private static final List<Type> BOUND =
      List.of(String.class, Long.class, UUID.class, Instant.class, Boolean.class, Integer.class);

  private final Jdbi jdbi;
  private final boolean embedded;

  /**
   * For H2 only, whose commit stores the undo log and the tables as it comes to each: a row that
   * another transaction writes meanwhile can be stored without its undo record, and a kill then
   * leaves half of a change. So nothing commits while another transaction writes (decision 0002).
   */
  private final ReentrantLock writing = new ReentrantLock(true);

  private Ledger(Jdbi jdbi, boolean embedded) {
    this.jdbi = jdbi;
    this.embedded = embedded;
  }

  /**
   * Whether there is a ledger in this database; one that another process has open is there. Changes
   * nothing and creates nothing.
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
   * @throws LedgerUnusable if there is none, or its file is damaged
   */
  public static Ledger open(DataSource dataSource) {
    if (!exists(dataSource)) {
      throw new LedgerUnusable("there is no ledger in the configured database");
    }
    return prepare(dataSource);
  }

  /**
   * Opens the ledger in this database. If there is none, creates one, which has one event.
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
   * Brings the tables up to date, and creates no ledger in them: for a replay, whose first event
   * does. Until then {@link #exists} is false.
   */
  public static Ledger prepare(DataSource dataSource) {
    Migrations.run(dataSource);
    Jdbi jdbi = Jdbi.create(dataSource);
    jdbi.registerArrayType(String.class, "varchar");
    jdbi.registerArrayType(Long.class, "bigint");
    // Found once for all: every statement begins with a copy of this configuration.
    Arguments arguments = jdbi.getConfig(Arguments.class);
    BOUND.forEach(arguments::prepareFor);
    return new Ledger(jdbi, Migrations.isH2(dataSource));
  }

  /** What the first event says. */
  record LedgerRecord(UUID ledger) {}

  /** Runs questions that see the ledger at one moment. */
  public <T> T read(Function<LedgerQueries, T> question) {
    return wrapped(
        () -> jdbi.inTransaction(atOneMoment(), h -> question.apply(new LedgerQueries(h))));
  }

  /**
   * H2's REPEATABLE READ looks at each table when it is first asked, PostgreSQL's at all at once.
   */
  private TransactionIsolationLevel atOneMoment() {
    return embedded
        ? TransactionIsolationLevel.SERIALIZABLE
        : TransactionIsolationLevel.REPEATABLE_READ;
  }

  /** Where the ledger stands. */
  public LedgerHead head() {
    return wrapped(() -> jdbi.withHandle(h -> new LedgerHeadTable(h).find().orElseThrow()));
  }

  /**
   * Runs a change. If {@code change} throws, nothing is changed; if this returns, the change
   * survives a kill of the process.
   */
  public <T> T change(Function<LedgerTransaction, T> change) {
    return alone(
        () -> {
          T result =
              jdbi.inTransaction(
                  handle -> {
                    LedgerTransaction transaction = begin(handle);
                    T value = change.apply(transaction);
                    finish(handle, transaction);
                    return value;
                  });
          if (embedded) {
            // WRITE_DELAY=0 brings a commit to the kernel; this is its fsync, for a power cut.
            jdbi.withHandle(h -> h.execute("CHECKPOINT SYNC"));
          }
          return result;
        });
  }

  /** Starts a sequence of changes that are rolled back. */
  public DryRun dryRun() {
    return new DryRun(this);
  }

  <T> T rolledBack(Function<LedgerTransaction, T> change) {
    return alone(
        () ->
            jdbi.withHandle(
                handle -> {
                  handle.begin();
                  try {
                    LedgerTransaction transaction = begin(handle);
                    T value = change.apply(transaction);
                    // writes the grants, so that they meet the same guards
                    transaction.flush();
                    return value;
                  } finally {
                    handle.rollback();
                  }
                }));
  }

  /**
   * Takes owners off the outbox.
   *
   * @param published owners whose entries now equal the ledger, unless they changed meanwhile
   * @param failed owners whom the directory refused; they stay, behind the others
   */
  public void drained(List<OutboxEntry> published, List<OutboxEntry> failed) {
    alone(
        () ->
            jdbi.inTransaction(
                handle -> {
                  OutboxTable outbox = new OutboxTable(handle);
                  outbox.done(published);
                  failed.forEach(outbox::postpone);
                  return true;
                }));
  }

  /** Whether the database is H2. */
  boolean isEmbedded() {
    return embedded;
  }

  /** Runs what writes by itself: a replay, a settlement. */
  void fill(Consumer<Handle> work) {
    alone(
        () ->
            jdbi.inTransaction(
                handle -> {
                  work.accept(handle);
                  return true;
                }));
  }

  private LedgerTransaction begin(Handle handle) {
    LedgerHeadTable heads = new LedgerHeadTable(handle);
    LedgerHead head = heads.locked();
    return new LedgerTransaction(new LedgerQueries(handle), head, heads.reading(embedded));
  }

  private static void finish(Handle handle, LedgerTransaction transaction) {
    transaction.finish();
    if (!transaction.events().isEmpty()) {
      new LedgerHeadTable(handle).update(transaction.head());
    }
  }

  /** Runs what writes. */
  private <T> T alone(Supplier<T> work) {
    if (!embedded) {
      return wrapped(work);
    }
    writing.lock();
    try {
      return wrapped(work);
    } finally {
      writing.unlock();
    }
  }

  private <T> T wrapped(Supplier<T> work) {
    try {
      return work.get();
    } catch (JdbiException e) {
      throw DatabaseFailure.translated(e);
    }
  }
}
