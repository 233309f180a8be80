/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Podman makes of storage.conf files, as {@code io.cadastre.storage.fitness.Explanation}
 * writes it for service and node alike: its description for the interface's document.
 *
 * @param refused whether every call of Podman's fails
 * @param reason why it does
 * @param file the file at fault then; a variable of the environment is {@code $NAME}
 * @param line its line
 * @param effective what counts, or would if it were not refused; absent where that cannot be made
 *     out
 * @param findings what is wrong, or could be
 */
public record StorageJudgementJson(
    boolean refused,
    Optional<String> reason,
    Optional<String> file,
    Optional<Long> line,
    Optional<Effective> effective,
    List<Found> findings) {

  /**
   * The settings in force.
   *
   * @param files the files that count, the weakest first
   * @param ignoreChownErrors what the active driver will do
   * @param options the driver's options, by their names
   */
  public record Effective(
      List<String> files,
      String driver,
      String graphroot,
      String runroot,
      Optional<String> imagestore,
      List<String> additionalImageStores,
      Flag ignoreChownErrors,
      Map<String, Said> options) {}

  /**
   * Whether chown errors are ignored.
   *
   * @param option the option that decides, with its driver's prefix
   */
  public record Flag(
      boolean value, Optional<String> option, Optional<String> file, Optional<Long> line) {}

  /** The value of an option, and where it is said. */
  public record Said(String value, Optional<String> file, Optional<Long> line) {}

  /**
   * A finding.
   *
   * @param instead what to write there, or anew
   */
  public record Found(
      String rule,
      String severity,
      String subject,
      String message,
      String remedy,
      Optional<String> file,
      Optional<Long> line,
      Optional<String> instead) {}
}
