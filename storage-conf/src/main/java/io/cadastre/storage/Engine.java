/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The edition of containers/storage's rules that a Podman was built with. Its own version does not
 * tell; {@code podman info} does: {@code legacy} prints a {@code configFile} in {@code store}.
 */
public enum Engine {
  /** One file counts: Podman 4 and 5 as released up to 2025. */
  LEGACY,
  /** A main file and its drop-ins are merged: container-libs since March 2026. */
  MERGED;

  /** The edition as JSON and the CLI write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The edition of this word; empty for any other. */
  public static Optional<Engine> of(String word) {
    return Arrays.stream(values()).filter(engine -> engine.word().equals(word)).findFirst();
  }
}
