/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Map;
import java.util.Optional;

/**
 * All that decides about a user's storage settings.
 *
 * @param files the files that there are
 * @param environment the environment that Podman is called with
 * @param user who calls it
 * @param engine the edition of the rules it was built with
 * @param support what the machine offers
 * @param session whether an earlier call of the user's left a pause process
 */
public record StorageRequest(
    StorageFiles files,
    Map<String, String> environment,
    StorageUser user,
    Engine engine,
    DriverSupport support,
    PauseProcess session) {
  /** Copies the environment. */
  public StorageRequest {
    environment = Map.copyOf(environment);
  }

  /** The request of a first call. */
  public StorageRequest(
      StorageFiles files,
      Map<String, String> environment,
      StorageUser user,
      Engine engine,
      DriverSupport support) {
    this(files, environment, user, engine, support, PauseProcess.NEW);
  }

  /** A variable of the environment; set and empty is not unset. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /** A variable of the environment that is set and not empty. */
  Optional<String> filled(String name) {
    return variable(name).filter(value -> !value.isEmpty());
  }
}
