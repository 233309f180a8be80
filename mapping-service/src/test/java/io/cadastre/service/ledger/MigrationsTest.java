/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import java.io.InputStreamReader;
import java.io.Reader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import javax.sql.DataSource;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  private static Set<String> freshTables = Set.of();

  @Test
  void pooledConnectionIsHandedBackOutsideOfAnyTransaction() throws Exception {
    DataSourceFactory settings = new DataSourceFactory();
    settings.setDriverClass("org.h2.Driver");
    settings.setUrl("jdbc:h2:mem:migrated;DB_CLOSE_DELAY=-1");
    settings.setUser("sa");
    settings.setInitialSize(2);
    settings.setMaxSize(2);
    settings.setMinSize(2);
    ManagedDataSource pool = settings.build(new MetricRegistry(), "ledger");
    pool.start();
    try {
      Migrations.run(pool);
      try (Connection connection = pool.getConnection();
          Connection other = pool.getConnection()) {
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(other.getAutoCommit()).isTrue();
      }
    } finally {
      pool.stop();
    }
  }

  @Test
  void ledgerThatLiquibaseMadeGoesOnUnchanged() throws Exception {
    DataSource database = madeByLiquibase();

    Ledger ledger = Ledger.openOrCreate(database);

    assertThat(tables(database)).isEqualTo(freshTables);
    assertThat(ledger.head())
        .isEqualTo(EventArchive.verify(exported(ledger).stream()))
        .satisfies(head -> assertThat(head.serial()).isEqualTo(2))
        .satisfies(
            head ->
                assertThat(head.hash())
                    .isEqualTo("5fefe9cb344b8ac2cc208f2ff46b8f923d4516d7df171fb7414346784abb1791"));
    assertThat(ledger.read(LedgerQueries::all)).hasSize(2);
    assertThat(ledger.head().revision()).isEqualTo(ledger.head().lastEvent());
    assertThat(ledger.read(LedgerQueries::all)).allMatch(a -> a.revision() > 0);
    assertThat(new LedgerCheck(ledger, Clock.systemUTC()).run().differences()).isEmpty();
    Map<String, SortedMap<LocalDate, Long>> granted =
        ledger.read(queries -> queries.grantDays(Instant.EPOCH));
    assertThat(granted).isEqualTo(Map.of("default", Map.of(LocalDate.of(2026, 11, 26), 2L)));
  }

  @Test
  void lockThatAKilledLiquibaseLeftHoldsUpNothing() throws Exception {
    DataSource database = madeByLiquibase();
    run(database, "UPDATE DATABASECHANGELOGLOCK SET LOCKED = TRUE, LOCKEDBY = 'somebody'");
    // It was killed before its last changesets.
    run(database, "DROP TABLE outbox; DROP INDEX event_serial; DROP INDEX event_owner");

    Ledger.openOrCreate(database);

    assertThat(tables(database)).isEqualTo(freshTables);
  }

  @Test
  @Tag("slow")
  void killAtAnyChangeHealsAtTheNextStart() throws Exception {
    for (int n = 1; n <= changesOfAFirstStart(); n++) {
      int last = n;
      breaks(new BrittleDatabase(), "killed at change " + n, number -> number >= last);
    }
  }

  @Test
  @Tag("slow")
  void errorAtAnyChangeHealsAtTheNextStart() throws Exception {
    for (int n = 1; n <= changesOfAFirstStart(); n++) {
      int failing = n;
      breaks(new BrittleDatabase(), "an error at change " + n, number -> number == failing);
    }
  }

  private static void breaks(BrittleDatabase database, String how, IntPredicate which)
      throws Exception {
    DataSource failing = database.failing(which);
    Throwable unused = catchThrowable(() -> Ledger.openOrCreate(failing));
    database.end();

    Ledger ledger = Ledger.openOrCreate(database.sound());

    assertThat(tables(database.sound())).as(how).isEqualTo(freshTables);
    assertThat(ledger.head().lastEvent()).as(how).isEqualTo(1);
  }

  private static int changesOfAFirstStart() {
    BrittleDatabase database = new BrittleDatabase();
    Ledger.openOrCreate(database.failing(number -> false));
    assertThat(database.changes()).isGreaterThan(25);
    return database.changes();
  }

  @BeforeAll
  static void openAFreshOne() throws SQLException {
    DataSource fresh = new BrittleDatabase().sound();
    Ledger.openOrCreate(fresh);
    freshTables = tables(fresh);
  }

  /** The tables and indexes by H2's script, without the tables of migration tools. */
  private static Set<String> tables(DataSource database) throws SQLException {
    Set<String> result = new TreeSet<>();
    try (Connection connection = database.getConnection();
        ResultSet lines = connection.createStatement().executeQuery("SCRIPT NODATA NOPASSWORDS")) {
      while (lines.next()) {
        String line = lines.getString(1).strip();
        if (line.matches("(?s)(CREATE|ALTER) (CACHED TABLE|TABLE|INDEX|UNIQUE INDEX) .*")
            && !line.contains("DATABASECHANGELOG")
            && !line.contains("flyway_")) {
          result.add(line.replaceAll("CONSTRAINT_\\w+", "CONSTRAINT"));
        }
      }
    }
    return result;
  }

  private static DataSource madeByLiquibase() throws Exception {
    DataSource database = new BrittleDatabase().sound();
    try (Connection connection = database.getConnection();
        Reader script =
            new InputStreamReader(
                Objects.requireNonNull(
                    MigrationsTest.class.getResourceAsStream("/ledger-by-liquibase.sql")),
                UTF_8)) {
      RunScript.execute(connection, script);
    }
    return database;
  }

  private static void run(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.createStatement().execute(sql);
    }
  }

  private static List<String> exported(Ledger ledger) {
    List<String> lines = new ArrayList<>();
    new EventArchive(ledger).export(lines::add);
    return lines;
  }
}
