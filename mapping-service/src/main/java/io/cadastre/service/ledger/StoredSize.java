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
 * The size of H2's file, and how much of it is in use. Each commit appends its changes; the space
 * of replaced data is reused only while H2 is idle.
 *
 * @param file bytes of the file
 * @param live bytes of it that are in use, as H2 estimates them
 */
public record StoredSize(long file, long live) {

  /** Measures an open database. */
  public static StoredSize measure(DataSource dataSource) {
    try {
      return Jdbi.create(dataSource).withHandle(StoredSize::measure);
    } catch (JdbiException e) {
      throw DatabaseFailure.atOpening(e);
    }
  }

  private static StoredSize measure(Handle handle) {
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
   * Rewrites the file with only the data in use, and closes the database. H2 writes a second file
   * ({@code .tempFile}), fsyncs it and renames it over the first: a kill leaves one or the other.
   *
   * @throws io.cadastre.service.failure.Unavailable if that fails, as for lack of space; the file
   *     is unchanged
   */
  public static void compact(DataSource dataSource) {
    try {
      // SHUTDOWN ends this connection: every later call on it fails, close() too.
      dataSource.getConnection().createStatement().execute("SHUTDOWN COMPACT");
    } catch (SQLException e) {
      throw DatabaseFailure.atOpening(e);
    }
  }
}
