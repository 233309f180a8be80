/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.failure.LedgerUnusable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Brings the ledger's tables up to date by the files of {@code migrations/}, in the order of their
 * numbers. Uses two connections at once.
 *
 * <p>H2 commits each CREATE at once. A file that was cut short by a kill or an error therefore runs
 * again from its first statement at the next start, and every statement of it may be repeated
 * (decision 0016).
 */
final class Migrations {
  private static final String FILES = "classpath:io/cadastre/service/ledger/migrations";

  private Migrations() {}

  /**
   * Runs the files that have not run.
   *
   * @throws LedgerUnusable if a later version of this program has changed the tables
   */
  static void run(DataSource dataSource) {
    SchemaVersion version = SchemaVersion.recorded(dataSource);
    if (version.isNewer()) {
      throw new LedgerUnusable(
          "the ledger has the tables of a later version (%s; this program knows %s), and this one would write what that one cannot read. Install the later version again, or put back the file that it kept when it migrated the ledger: docs/upgrade.md, \"The way back\""
              .formatted(version, SchemaVersion.CURRENT));
    }
    try {
      Flyway flyway =
          Flyway.configure(Migrations.class.getClassLoader())
              .dataSource(dataSource)
              .locations(FILES)
              .failOnMissingLocations(true)
              .validateMigrationNaming(true)
              .placeholderReplacement(false)
              // A ledger made by Liquibase has tables and no history: it starts below the first
              // file.
              .baselineOnMigrate(true)
              .baselineVersion("0")
              .load();
      if (Arrays.stream(flyway.info().all()).anyMatch(Migrations::hasFailed)) {
        flyway.repair(); // forgets the failure, so that the file runs again
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw DatabaseFailure.atOpening(e);
    }
  }

  /** Whether the database is H2, which needs more care than PostgreSQL. */
  static boolean isH2(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return connection.getMetaData().getDatabaseProductName().equals("H2");
    } catch (SQLException e) {
      throw DatabaseFailure.atOpening(e);
    }
  }

  private static boolean hasFailed(MigrationInfo migration) {
    return migration.getState().isFailed();
  }
}
