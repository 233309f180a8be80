/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * How large H2's file is, and how much of it is in use. Each commit appends what it changed, and
 * what that replaces stays until H2 has time to reuse it, which a busy service never gives it.
 *
 * @param file bytes of the file
 * @param live bytes of it that are in use, as H2 estimates them
 */
public record StoredSize(long file, long live) {

  /** Asks an open database. */
  public static StoredSize of(DataSource dataSource) {
    try {
      return Jdbi.create(dataSource).withHandle(StoredSize::of);
    } catch (JdbiException e) {
      throw DatabaseFailure.atOpening(e);
    }
  }

  private static StoredSize of(Handle handle) {
    Map<String, Long> info = new TreeMap<>();
    handle
        .createQuery(
            "SELECT setting_name, setting_value FROM information_schema.settings"
                + " WHERE setting_name IN ('info.FILE_SIZE', 'info.FILL_RATE', 'info.CHUNKS_FILL_RATE')")
        .map((row, context) -> Map.entry(row.getString(1), Long.parseLong(row.getString(2))))
        .forEach(entry -> info.put(entry.getKey(), entry.getValue()));
    long file = info.getOrDefault("info.FILE_SIZE", 0L);
    long chunks = file / 100 * info.getOrDefault("info.FILL_RATE", 100L);
    return new StoredSize(file, chunks / 100 * info.getOrDefault("info.CHUNKS_FILL_RATE", 100L));
  }

  /** Whether compacting would free more than three quarters. */
  public boolean isMostlyUnused() {
    return live < file / 4;
  }

  /**
   * Rewrites the file with only what is in use, and closes the database. H2 writes a second file
   * ({@code .tempFile}), fsyncs it and renames it over the first: a kill leaves the one or the
   * other.
   *
   * @throws io.cadastre.service.failure.Unavailable if it cannot be done, as for lack of space; the
   *     file is as it was
   */
  public static void compact(DataSource dataSource) {
    try {
      // SHUTDOWN ends this connection: whatever is asked of it afterwards, close() too, is an
      // error.
      dataSource.getConnection().createStatement().execute("SHUTDOWN COMPACT");
    } catch (SQLException e) {
      throw DatabaseFailure.atOpening(e);
    }
  }
}
