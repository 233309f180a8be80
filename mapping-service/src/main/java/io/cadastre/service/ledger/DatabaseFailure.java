/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.service.failure.LedgerUnusable;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import java.io.EOFException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;

/** Translates errors of the database. Codes are those of H2's ErrorCode. */
final class DatabaseFailure {
  private static final String DATA_EXCEPTION = "22";
  private static final String INTEGRITY_CONSTRAINT = "23";
  private static final Duration RETRY = Duration.ofSeconds(5);

  private DatabaseFailure() {}

  /** Whether the database or the table does not exist, by a code of H2 or of SQL. */
  static boolean isMissing(Throwable e) {
    return sql(e)
        .anyMatch(
            s ->
                s.getErrorCode() == 90146
                    || s.getErrorCode() == 90149
                    || "42S02".equals(s.getSQLState())
                    || "42S04".equals(s.getSQLState())
                    || "42P01".equals(s.getSQLState()));
  }

  /** Whether another process has the file open. */
  static boolean isInUse(Throwable e) {
    return sql(e).anyMatch(s -> s.getErrorCode() == 90020);
  }

  /** The exception for a ledger that cannot be opened. */
  static RuntimeException atOpening(Throwable e) {
    if (isDamaged(e)) {
      return new LedgerUnusable(
          "the ledger's file is damaged, or is not H2's: "
              + reason(e)
              + ". Move it aside and restore its newest backup, or replay the newest event export, or rebuild from the directory: docs/backup.md",
          e);
    }
    String remedy =
        isInUse(e) ? ". Stop the service first, or the other process that has the file open" : "";
    return new Unavailable(
        "the ledger's database cannot be opened: " + reason(e) + remedy, RETRY, e);
  }

  /** Whether it is FILE_CORRUPTED_1, FILE_VERSION_ERROR_1 or a file that ends too early. */
  private static boolean isDamaged(Throwable e) {
    return sql(e).anyMatch(s -> s.getErrorCode() == 90030 || s.getErrorCode() == 90048)
        || chain(e).anyMatch(EOFException.class::isInstance);
  }

  /** The first line of the deepest cause. */
  static String reason(Throwable e) {
    Throwable last = chain(e).reduce((a, b) -> b).orElse(e);
    String said = Optional.ofNullable(last.getMessage()).orElse(last.getClass().getSimpleName());
    return said.lines().findFirst().orElse(said).replaceAll(" \\[\\d+-\\d+]$", "");
  }

  private static Stream<SQLException> sql(Throwable e) {
    return chain(e).filter(SQLException.class::isInstance).map(SQLException.class::cast);
  }

  private static Stream<Throwable> chain(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(20);
  }

  /**
   * The exception for a failed statement: a refusal for a value that the database cannot hold, a
   * broken invariant for a violated constraint, and otherwise an outage.
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
        .orElseGet(
            () -> new Unavailable("the ledger's database does not answer: " + reason(e), RETRY, e));
  }

  /** The message about a value that the database cannot hold; empty for other errors. */
  static Optional<String> dataError(JdbiException e) {
    return message(e, DATA_EXCEPTION);
  }

  private static Optional<String> message(Throwable e, String sqlStateClass) {
    return sql(e)
        .filter(sql -> String.valueOf(sql.getSQLState()).startsWith(sqlStateClass))
        .findFirst()
        .map(sql -> shortened(String.valueOf(sql.getMessage())));
  }

  /** H2 repeats the value, which may have megabytes, and the statement. */
  private static String shortened(String message) {
    return message.length() <= 300 ? message : message.substring(0, 300) + "...";
  }
}
