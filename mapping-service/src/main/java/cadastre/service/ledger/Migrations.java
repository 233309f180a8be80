/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import cadastre.service.failure.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;

/** Brings the ledger's tables up to date, by the one changelog. */
final class Migrations {
  private static final String CHANGELOG = "cadastre/service/ledger/changelog.sql";

  private Migrations() {}

  static void run(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      new CommandScope(UpdateCommandStep.COMMAND_NAME)
          .addArgumentValue(
              DbUrlConnectionArgumentsCommandStep.DATABASE_ARG,
              DatabaseFactory.getInstance()
                  .findCorrectDatabaseImplementation(new JdbcConnection(connection)))
          .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, CHANGELOG)
          .setOutput(java.io.OutputStream.nullOutputStream())
          .execute();
      // Liquibase leaves it off. The pool would hand the connection on like that, and what is done
      // on it would wait for a commit that nobody makes.
      connection.setAutoCommit(true);
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
