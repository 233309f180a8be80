/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that Podman takes from storage.conf files. The record is read from the tree of
 * {@link io.cadastre.storage.fitness.Explanation}, which the node prints; so both have one form.
 *
 * @param refused whether every call of Podman fails
 * @param reason the reason of the refusal
 * @param file the file at fault; a variable of the environment is {@code $NAME}
 * @param line the line at fault, from 1
 * @param effective the settings in force, or those that would be if Podman did not refuse; absent
 *     if they are unknown
 * @param findings mistakes and risks
 * @param difference the changes against the edition {@code installed}; absent if none was named
 */
public record StorageJudgementJson(
    boolean refused,
    Optional<String> reason,
    Optional<String> file,
    Optional<Long> line,
    Optional<Effective> effective,
    List<Found> findings,
    Optional<Difference> difference) {

  /**
   * The settings in force.
   *
   * @param files the files that count, the weakest first
   * @param ignoreChownErrors whether the active driver ignores chown errors
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
      boolean value, Optional<String> file, Optional<Long> line, Optional<String> option) {}

  /** The value of an option, and its place. */
  public record Said(String value, Optional<String> file, Optional<Long> line) {}

  /**
   * A finding.
   *
   * @param instead the line to write in its place
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

  /**
   * What changes from one edition of Podman to another.
   *
   * @param from the edition compared with, in words
   * @param to the edition asked about
   */
  public record Difference(String from, String to, List<Change> changes) {}

  /**
   * A change.
   *
   * @param what "refused", "files", a key of {@code effective} in lower case, {@code option NAME},
   *     or {@code key NAME in [TABLE]}
   * @param before the value in the edition compared with; absent if it has none
   * @param after the value in the edition asked about
   * @param since the first Podman with the rule that makes the change
   * @param rule the rule, in Markdown
   * @param breaks whether a user who works today is refused, or loses the store or
   *     ignore_chown_errors
   * @param instead the text of a file to write
   */
  public record Change(
      String what,
      Optional<String> before,
      Optional<String> after,
      Optional<String> file,
      Optional<Long> line,
      Optional<String> since,
      Optional<String> rule,
      boolean breaks,
      String remedy,
      Optional<String> instead) {}
}
