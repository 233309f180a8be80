/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import java.util.List;
import java.util.Optional;

/**
 * The traces of earlier calls in a graphroot. libpod writes the driver of its first call into its
 * database and uses it in all later calls. The database itself is not read (docs/decisions/0067).
 *
 * @param drivers the drivers with a folder of images, sorted
 * @param database whether libpod has a database here
 */
public record UsedStore(List<String> drivers, boolean database) {
  /** A graphroot that no program has used. */
  public static final UsedStore NEW = new UsedStore(List.of(), false);

  /** The places of libpod's database below graphroot: BoltDB, then SQLite (Podman 4.8). */
  public static final List<String> DATABASES =
      List.of("libpod/bolt_state.db", "libpod/db.sql", "db.sql");

  /** Sorts and copies the list. */
  public UsedStore {
    drivers = drivers.stream().sorted().toList();
  }

  /**
   * Returns the driver in libpod's database; empty without a database, or if images of several
   * drivers leave it open.
   */
  public Optional<String> recordedDriver() {
    return database && drivers.size() == 1 ? Optional.of(drivers.get(0)) : Optional.empty();
  }
}
