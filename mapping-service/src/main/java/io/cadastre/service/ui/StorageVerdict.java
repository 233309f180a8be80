/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.api.StorageJudgementJson;
import io.cadastre.service.api.StorageJudgementJson.Effective;
import io.cadastre.service.api.StorageJudgementJson.Found;
import io.cadastre.service.ui.page.StorageConfPage.Effect;
import io.cadastre.service.ui.page.StorageConfPage.Line;
import io.cadastre.service.ui.page.StorageConfPage.Note;
import io.cadastre.service.ui.page.StorageConfPage.Verdict;
import io.cadastre.storage.StorageFile;
import io.cadastre.subid.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Puts each finding of a judgement beside the line that it is about. */
final class StorageVerdict {
  /** Lines that a page has at most; a storage.conf has a few hundred. */
  static final int MOST_LINES = 5000;

  /** Findings that a page has at most: a line can have many. */
  static final int MOST_FINDINGS = 2000;

  private StorageVerdict() {}

  /**
   * The verdict for a page. A text that is too long to be judged has no lines.
   *
   * @param file the file that the text stands for, as the judgement names it
   */
  static Verdict of(StorageJudgementJson judged, String text, String file) {
    List<String> texts = text.length() > StorageFile.MAX_LENGTH ? List.of() : text.lines().toList();
    int count = Math.min(texts.size(), MOST_LINES);
    Map<Long, List<Note>> notes = new HashMap<>();
    List<Note> others = new ArrayList<>();
    if (judged.refused()) {
      at(judged.file(), judged.line(), file, count)
          .map(line -> notes.computeIfAbsent(line, key -> new ArrayList<>()))
          .ifPresent(
              line ->
                  line.add(
                      new Note(
                          "error", "refused", Printable.of(judged.reason().orElse("")), "", "")));
    }
    for (Found found : judged.findings().stream().limit(MOST_FINDINGS).toList()) {
      at(found.file(), found.line(), file, count)
          .map(line -> notes.computeIfAbsent(line, key -> new ArrayList<>()))
          .orElse(others)
          .add(note(found));
    }
    return new Verdict(
        judged.refused() ? Optional.of(Printable.of(judged.reason().orElse(""))) : Optional.empty(),
        LongStream.rangeClosed(1, count)
            .mapToObj(
                line ->
                    new Line(
                        line,
                        Printable.of(texts.get(Math.toIntExact(line - 1))),
                        notes.getOrDefault(line, List.of())))
            .toList(),
        others,
        judged.effective().map(StorageVerdict::effects).orElse(List.of()),
        cut(texts.size(), judged.findings().size()));
  }

  /** The line of the text that a finding is about; empty if the page does not have it. */
  private static Optional<Long> at(
      Optional<String> at, Optional<Long> line, String file, int count) {
    return at.filter(file::equals).flatMap(same -> line.filter(n -> n >= 1 && n <= count));
  }

  private static Optional<String> cut(int lines, int findings) {
    return lines > MOST_LINES || findings > MOST_FINDINGS
        ? Optional.of(
            "The text has %d lines and %d findings; the page has the first %d and %d of them."
                .formatted(lines, findings, MOST_LINES, MOST_FINDINGS))
        : Optional.empty();
  }

  private static Note note(Found found) {
    return new Note(
        found.severity(),
        found.rule(),
        Printable.of(found.message()),
        Printable.of(found.remedy()),
        found.instead().map(StorageVerdict::lines).orElse(""));
  }

  /** A text of several lines, which stay. */
  private static String lines(String text) {
    return text.lines().map(Printable::of).collect(Collectors.joining("\n"));
  }

  private static List<Effect> effects(Effective effective) {
    List<Effect> effects = new ArrayList<>();
    effects.add(effect("files that count", String.join(", ", effective.files()), ""));
    effects.add(effect("driver", effective.driver(), ""));
    effects.add(effect("graphroot", effective.graphroot(), ""));
    effects.add(effect("runroot", effective.runroot(), ""));
    effective.imagestore().ifPresent(store -> effects.add(effect("imagestore", store, "")));
    effective
        .additionalImageStores()
        .forEach(store -> effects.add(effect("additional image store", store, "")));
    effects.add(
        effect(
            "ignore_chown_errors",
            Boolean.toString(effective.ignoreChownErrors().value()),
            place(effective.ignoreChownErrors().file(), effective.ignoreChownErrors().line())));
    effective
        .options()
        .forEach(
            (name, said) ->
                effects.add(effect(name, said.value(), place(said.file(), said.line()))));
    return effects;
  }

  private static Effect effect(String setting, String value, String place) {
    return new Effect(Printable.of(setting), Printable.of(value), Printable.of(place));
  }

  private static String place(Optional<String> file, Optional<Long> line) {
    return file.map(f -> f + line.map(n -> ", line " + n).orElse("")).orElse("not set");
  }
}
