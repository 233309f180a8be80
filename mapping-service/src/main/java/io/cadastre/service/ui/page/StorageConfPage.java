/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Podman makes of a storage.conf, line by line.
 *
 * @param fields the form as it was filled in, by the names of its fields
 * @param editions the editions to choose from
 * @param places where the file can be
 * @param verdict what Podman makes of it; empty before the form was sent
 */
public record StorageConfPage(
    Frame frame,
    Map<String, String> fields,
    List<String> editions,
    List<String> places,
    Optional<Verdict> verdict) {
  /** Copies the lists. */
  public StorageConfPage {
    editions = List.copyOf(editions);
    places = List.copyOf(places);
  }

  /** The text of a field. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /**
   * The judgement.
   *
   * @param refusal why every call of Podman fails; empty if it does not
   * @param lines the lines of the text
   * @param others the findings about no line of it
   * @param effective the settings in force; empty if they are unknown
   * @param cut what of the lines and findings is left out; empty if nothing is
   */
  public record Verdict(
      Optional<String> refusal,
      List<Line> lines,
      List<Note> others,
      List<Effect> effective,
      Optional<String> cut) {}

  /** A line, and what there is to say about it. */
  public record Line(long number, String text, List<Note> notes) {}

  /** A finding. */
  public record Note(String severity, String rule, String message, String remedy, String instead) {}

  /** A setting in force, and where it stands. */
  public record Effect(String setting, String value, String place) {}
}
