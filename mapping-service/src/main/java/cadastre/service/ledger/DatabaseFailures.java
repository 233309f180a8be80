/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import cadastre.service.failure.InvariantBroken;
import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.service.failure.Unavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;

/** Says by the SQLSTATE whose move is next after the database has refused a statement. */
final class DatabaseFailures {
  private static final String DATA_EXCEPTION = "22";
  private static final String INTEGRITY_CONSTRAINT = "23";
  private static final Duration RETRY = Duration.ofSeconds(5);

  private DatabaseFailures() {}

  /**
   * A value that the database cannot hold is refused; a violated constraint is a broken invariant;
   * anything else the database may get over.
   */
  static RuntimeException translated(JdbiException e) {
    Optional<String> data = dataError(e);
    if (data.isPresent()) {
      return new Refused(
          RefusalCode.UNSTORABLE,
          "nothing was changed, because the ledger's database cannot hold a value: " + data.get());
    }
    return message(e, INTEGRITY_CONSTRAINT)
        .<RuntimeException>map(m -> new InvariantBroken("the ledger refused a row: " + m, e))
        .orElseGet(() -> new Unavailable("the ledger's database does not answer", RETRY, e));
  }

  /** What the database says of a value that it cannot hold, if that is what it says. */
  static Optional<String> dataError(JdbiException e) {
    return message(e, DATA_EXCEPTION);
  }

  private static Optional<String> message(Throwable e, String sqlStateClass) {
    return Stream.iterate(e, t -> t != null, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .filter(sql -> String.valueOf(sql.getSQLState()).startsWith(sqlStateClass))
        .findFirst()
        .map(sql -> shortened(String.valueOf(sql.getMessage())));
  }

  /** H2 repeats the value and the statement; a value may have megabytes. */
  private static String shortened(String message) {
    return message.length() <= 300 ? message : message.substring(0, 300) + "...";
  }
}
