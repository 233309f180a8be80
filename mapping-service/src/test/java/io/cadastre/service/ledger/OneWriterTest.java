/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows why writers to H2 take turns (decision 0002), and that they do. */
class OneWriterTest {
  @TempDir Path dir;

  /**
   * Shows how H2 stores a row that another transaction writes during a commit. If this test fails,
   * H2 has fixed it, and the lock of the ledger can go.
   */
  @Test
  void h2StoresARowOfAnotherTransactionWithoutItsUndoRecord() throws Exception {
    try (Connection commits = open("killed");
        Connection writes = open("killed")) {
      commits.setAutoCommit(false);
      writes.setAutoCommit(false);
      // Two transactions, so that H2 has an undo log for each before it has their tables: it
      // stores older maps first.
      execute(commits, "CREATE TABLE first(id INT)", "INSERT INTO first VALUES (1)");
      execute(writes, "INSERT INTO first VALUES (2)");
      commits.commit();
      writes.commit();
      execute(commits, "CREATE TABLE outbox(id INT)", "CREATE TABLE allocation(id INT)");
      execute(commits, "INSERT INTO outbox VALUES (1)");

      beforeTheNewestMap(
          store(commits), () -> execute(writes, "INSERT INTO allocation VALUES (1)"));
      commits.commit();

      // The state that a kill at this moment would leave.
      Files.copy(dir.resolve("killed.mv.db"), dir.resolve("left.mv.db"));
    }
    try (Connection left = open("left")) {
      assertThat(count(left, "outbox")).isEqualTo(1);
      assertThat(count(left, "allocation")).as("rows that were not committed").isEqualTo(1);
    }
  }

  @Test
  void theOutboxIsNotWrittenWhileAChangeRuns() throws Exception {
    try (TestLedger test = TestLedger.inMemory()) {
      Ledger ledger = test.ledger();
      CountDownLatch changing = new CountDownLatch(1);
      CountDownLatch enough = new CountDownLatch(1);
      Thread change =
          new Thread(
              () ->
                  ledger.change(
                      transaction -> {
                        changing.countDown();
                        return await(enough);
                      }));
      Thread drain = new Thread(() -> ledger.drained(List.of(), List.of()));
      change.start();
      await(changing);
      drain.start();
      try {
        while (drain.isAlive() && drain.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
        assertThat(drain.isAlive()).as("it waits for the change").isTrue();
      } finally {
        enough.countDown();
        change.join();
        drain.join();
      }
    }
  }

  private interface Sql {
    void run() throws SQLException;
  }

  /** Runs this once, when a commit has visited all maps but the newest. */
  private static void beforeTheNewestMap(MVStore store, Sql work) throws Exception {
    Field field = MVStore.class.getDeclaredField("maps");
    field.setAccessible(true);
    @SuppressWarnings("unchecked")
    Map<Integer, MVMap<?, ?>> maps = (Map<Integer, MVMap<?, ?>>) field.get(store);
    field.set(store, new Maps(maps, work));
  }

  private static final class Maps extends ConcurrentHashMap<Integer, MVMap<?, ?>> {
    private static final long serialVersionUID = 1L;
    private final int newest;
    private final transient Sql work;
    private boolean done;

    Maps(Map<Integer, MVMap<?, ?>> maps, Sql work) {
      super(maps);
      this.newest = Collections.max(maps.keySet());
      this.work = work;
    }

    @Override
    public Collection<MVMap<?, ?>> values() {
      Stream<MVMap<?, ?>> all = super.values().stream().peek(this::reached);
      return new AbstractCollection<>() {
        @Override
        public Iterator<MVMap<?, ?>> iterator() {
          return all.iterator();
        }

        @Override
        public int size() {
          return Maps.this.size();
        }
      };
    }

    private void reached(MVMap<?, ?> map) {
      if (map.getId() == newest && !done) {
        done = true;
        try {
          work.run();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private Connection open(String name) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + dir.resolve(name) + ";WRITE_DELAY=0", "", "");
  }

  private static MVStore store(Connection connection) throws SQLException {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return session.getDatabase().getStore().getMvStore();
  }

  private static void execute(Connection connection, String... sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
