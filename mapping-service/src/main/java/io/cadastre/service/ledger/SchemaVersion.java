/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The version of a ledger's tables: the number of the last file of {@code migrations/} that has run
 * on them.
 *
 * @param number 0 for tables from before the first file
 */
public record SchemaVersion(int number) {
  /** The version of this program. */
  public static final SchemaVersion CURRENT = new SchemaVersion(10);

  /** The version of a ledger; empty if there is no ledger in the database. */
  public static Optional<SchemaVersion> of(DataSource source) {
    return Ledger.exists(source) ? Optional.of(recorded(source)) : Optional.empty();
  }

  /** The highest version that Flyway has recorded; 0 if it has recorded none. */
  static SchemaVersion recorded(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT \"version\" FROM \"flyway_schema_history\" WHERE \"success\" AND"
                    + " \"version\" IS NOT NULL")) {
      int highest = 0;
      while (rows.next()) {
        highest = Math.max(highest, Integer.parseInt(rows.getString(1)));
      }
      return new SchemaVersion(highest);
    } catch (SQLException e) {
      if (DatabaseFailure.isMissing(e)) {
        return new SchemaVersion(0);
      }
      throw DatabaseFailure.atOpening(e);
    }
  }

  /** Whether a program of this version has files that have not run yet. */
  public boolean isOld() {
    return number < CURRENT.number;
  }

  /** Whether a later program has changed the tables. */
  boolean isNewer() {
    return number > CURRENT.number;
  }

  @Override
  public String toString() {
    return "V" + number;
  }
}
