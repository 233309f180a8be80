/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.h2.api.Trigger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A ledger in an H2 file or in memory, with the settings of the service. At its close the tables
 * must equal the events, unless a test has edited them.
 */
public final class TestLedger implements AutoCloseable {
  /** The default pool of the design. */
  public static final Pool DEFAULT_POOL =
      new Pool(
          "default",
          Pool.DEFAULT_COUNT,
          List.of(IdRange.between(1001062400, 1879048191)),
          Strategy.NEXT_FREE,
          1000);

  private final JdbcConnectionPool connections;
  private final Ledger ledger;
  private final boolean inMemory;
  private boolean edited;

  private TestLedger(String url, List<Pool> pools) {
    inMemory = url.startsWith("jdbc:h2:mem:");
    connections = JdbcConnectionPool.create(url, "", "");
    connections.setMaxConnections(20);
    ledger = Ledger.openOrCreate(connections);
    if (!pools.isEmpty()) {
      PoolRegister.record(ledger, pools, AcceptedClaims.NONE);
    }
  }

  /** A ledger in the file of this name (without H2's suffix), created if it is missing. */
  public static TestLedger inFile(Path file, Pool... pools) {
    return new TestLedger(
        "jdbc:h2:file:"
            + file
            + ";WRITE_DELAY=0;LOCK_TIMEOUT=30000;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=64",
        pools.length == 0 ? List.of(DEFAULT_POOL) : List.of(pools));
  }

  /** A ledger in memory; gone when it is closed. */
  public static TestLedger inMemory(Pool... pools) {
    return new TestLedger(memory(), pools.length == 0 ? List.of(DEFAULT_POOL) : List.of(pools));
  }

  /** A ledger in memory without any pool. */
  public static TestLedger fresh() {
    return new TestLedger(memory(), List.of());
  }

  private static String memory() {
    return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000";
  }

  /** A small pool: this many slots of 65536 from the default pool's first ID on. */
  public static Pool poolOf(String name, int slots) {
    return new Pool(
        name,
        Pool.DEFAULT_COUNT,
        List.of(new IdRange(1001062400, slots * Pool.DEFAULT_COUNT)),
        Strategy.NEXT_FREE,
        1000);
  }

  /** The deterministic pool {@code by-uid}: this many slots of 65536, the first for uid 1000. */
  public static Pool byUid(int slots) {
    return new Pool(
        "by-uid",
        Pool.DEFAULT_COUNT,
        List.of(new IdRange(671088640, slots * Pool.DEFAULT_COUNT)),
        Strategy.DETERMINISTIC,
        1000);
  }

  /** Edits the tables or the events, as with the shell of the database. */
  public void edit(String... statements) {
    edited = true;
    write(handle -> List.of(statements).forEach(handle::execute));
  }

  private void write(Consumer<Handle> work) {
    boolean unused =
        ledger.writeRows(
            handle -> {
              work.accept(handle);
              return true;
            });
  }

  /** The same ledger as another process opens it: it does not learn of this one's commits. */
  public Ledger another() {
    return Ledger.open(connections);
  }

  /** The ledger. */
  public Ledger ledger() {
    return ledger;
  }

  /** Makes every event older; the hashes no longer fit. */
  public void age(Duration by) {
    edited = true;
    write(
        handle -> {
          handle.execute(
              "UPDATE event SET at = DATEADD(SECOND, ?, at)", Long.valueOf(-by.toSeconds()));
          countGrants(handle);
        });
  }

  private static void countGrants(Handle handle) {
    GrantDays days = new GrantDays();
    try (Stream<Event> events = new EventQueries(handle).stream()) {
      events
          .filter(event -> event.kind().equals("allocate"))
          .forEach(e -> days.add(e.after().path("pool").asText(), Instant.parse(e.at())));
    }
    new GrantDayTable(handle).replace(days);
  }

  /** Makes the database refuse the next delete from the outbox. */
  public void refuseOnce() {
    write(
        handle ->
            handle.execute(
                "CREATE TRIGGER refuses BEFORE DELETE ON outbox FOR EACH ROW CALL '%s'"
                    .formatted(RefusesOnce.class.getName())));
  }

  /** Makes the database refuse all writes of real IDs from now on. */
  public void refuseRealIds() {
    for (String change : List.of("INSERT", "UPDATE", "DELETE")) {
      write(
          handle ->
              handle.execute(
                  "CREATE TRIGGER no_%1$s BEFORE %1$s ON real_id FOR EACH ROW CALL '%2$s'"
                      .formatted(change, Refuses.class.getName())));
    }
  }

  /** Called by H2. */
  public static final class Refuses implements Trigger {
    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
      throw new SQLException("injected");
    }
  }

  /** Called by H2. */
  public static final class RefusesOnce implements Trigger {
    private boolean refused;

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
      if (!refused) {
        refused = true;
        throw new SQLException("injected");
      }
    }
  }

  /** Makes the database refuse every allocation of that name as a value it cannot hold. */
  public void cannotHold(String name) {
    CannotHold.name = name;
    write(
        handle ->
            handle.execute(
                "CREATE TRIGGER holds_not BEFORE INSERT ON allocation FOR EACH ROW CALL '%s'"
                    .formatted(CannotHold.class.getName())));
  }

  /** Called by H2. */
  public static final class CannotHold implements Trigger {
    private static volatile String name = "";

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
      if (Arrays.asList(after).contains(name)) {
        throw new SQLException("value too long", "22001");
      }
    }
  }

  @Override
  public void close() {
    try {
      LedgerReport report = new LedgerCheck(ledger, Clock.systemUTC()).run();
      if (!edited && !report.isEqual()) {
        throw new AssertionError("the ledger differs from its events: " + report);
      }
    } finally {
      if (inMemory) {
        Jdbi.create(connections).useHandle(handle -> handle.execute("SET DB_CLOSE_DELAY 0"));
      }
      connections.dispose();
    }
  }
}
