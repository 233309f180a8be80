/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import cadastre.service.failure.Unavailable;
import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.ui.ConsoleUIService;

/** Brings the ledger's tables up to date, by the one changelog. */
final class Migrations {
  private static final String CHANGELOG = "cadastre/service/ledger/changelog.sql";

  private Migrations() {}

  static void run(DataSource dataSource) {
    // Standard output is for what a command was asked; Liquibase logs the same.
    if (Scope.getCurrentScope().getUI() instanceof ConsoleUIService console) {
      console.setOutputStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    }
    try (Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      new CommandScope(UpdateCommandStep.COMMAND_NAME)
          .addArgumentValue(
              DbUrlConnectionArgumentsCommandStep.DATABASE_ARG,
              DatabaseFactory.getInstance()
                  .findCorrectDatabaseImplementation(new JdbcConnection(connection)))
          .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, CHANGELOG)
          .setOutput(OutputStream.nullOutputStream())
          .execute();
      // Liquibase leaves the connection in a transaction, and a pool hands it on like that: JDBI
      // would take every change on it for a nested one, and never commit it.
      connection.setAutoCommit(autoCommit);
    } catch (SQLException | LiquibaseException e) {
      throw new Unavailable(
          "the ledger's database cannot be opened: "
              + e.getMessage()
              + ". If another process has its file open, stop that one first.",
          Duration.ofSeconds(5),
          e);
    }
  }
}
