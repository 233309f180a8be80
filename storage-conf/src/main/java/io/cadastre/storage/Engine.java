/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The edition of containers/storage's rules in a build of Podman. The version of Podman does not
 * tell the edition; {@code podman info} does: {@code legacy} prints a {@code configFile} in {@code
 * store}.
 */
public enum Engine {
  /** One file applies: Podman 4 and 5 as released up to 2025. */
  LEGACY,
  /** A main file and its drop-ins are merged: container-libs since March 2026. */
  MERGED;

  /** Returns the word for the edition in JSON and the CLI. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the edition with this word; empty if there is none. */
  public static Optional<Engine> of(String word) {
    return Arrays.stream(values()).filter(engine -> engine.word().equals(word)).findFirst();
  }
}
