/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Map;
import java.util.Optional;

/**
 * All input of the rules for a user's storage settings. Immutable.
 *
 * @param files the files that exist
 * @param environment the environment of the call of Podman
 * @param user the user that calls Podman
 * @param engine the edition of the rules in that Podman
 * @param support the support of the machine
 * @param session whether the user's pause process runs
 * @param recordedDriver the driver in libpod's database of the graphroot, which Podman prefers to
 *     the files and the environment; empty if there is no database or its content is unknown
 */
public record StorageRequest(
    StorageFiles files,
    Map<String, String> environment,
    StorageUser user,
    Engine engine,
    DriverSupport support,
    PauseProcess session,
    Optional<String> recordedDriver) {
  /** Copies the environment. */
  public StorageRequest {
    environment = Map.copyOf(environment);
  }

  /** Creates the request of a user without a database. */
  public StorageRequest(
      StorageFiles files,
      Map<String, String> environment,
      StorageUser user,
      Engine engine,
      DriverSupport support,
      PauseProcess session) {
    this(files, environment, user, engine, support, session, Optional.empty());
  }

  /** Creates the request of a first call. */
  public StorageRequest(
      StorageFiles files,
      Map<String, String> environment,
      StorageUser user,
      Engine engine,
      DriverSupport support) {
    this(files, environment, user, engine, support, PauseProcess.NEW);
  }

  /** Returns this request for other files. */
  public StorageRequest withFiles(StorageFiles others) {
    return new StorageRequest(others, environment, user, engine, support, session, recordedDriver);
  }

  /** Returns this request with what is known of libpod's database. */
  public StorageRequest withRecordedDriver(Optional<String> driver) {
    return new StorageRequest(files, environment, user, engine, support, session, driver);
  }

  /** Returns this request for another edition. */
  public StorageRequest withEngine(Engine other) {
    return new StorageRequest(files, environment, user, other, support, session, recordedDriver);
  }

  /** Returns a variable of the environment, which may be empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /** Returns a variable of the environment that is not empty. */
  Optional<String> filled(String name) {
    return variable(name).filter(value -> !value.isEmpty());
  }
}
