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
import io.cadastre.subid.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts each finding of a judgement beside the line that it is about. */
final class StorageVerdict {
  private StorageVerdict() {}

  /**
   * The verdict for a page.
   *
   * @param file the file that the text stands for, as the judgement names it
   */
  static Verdict of(StorageJudgementJson judged, String text, String file) {
    List<Line> lines = new ArrayList<>();
    List<String> texts = text.lines().toList();
    for (int i = 0; i < texts.size(); i++) {
      long number = i + 1L;
      List<Note> notes = new ArrayList<>();
      if (judged.refused() && isAt(judged.file(), judged.line(), file, number)) {
        notes.add(new Note("error", "refused", Printable.of(judged.reason().orElse("")), "", ""));
      }
      judged.findings().stream()
          .filter(found -> isAt(found.file(), found.line(), file, number))
          .map(StorageVerdict::note)
          .forEach(notes::add);
      lines.add(new Line(number, Printable.of(texts.get(i)), notes));
    }
    return new Verdict(
        judged.refused() ? Optional.of(Printable.of(judged.reason().orElse(""))) : Optional.empty(),
        lines,
        judged.findings().stream()
            .filter(
                found ->
                    lines.stream()
                        .noneMatch(line -> isAt(found.file(), found.line(), file, line.number())))
            .map(StorageVerdict::note)
            .toList(),
        judged.effective().map(StorageVerdict::effects).orElse(List.of()));
  }

  private static boolean isAt(Optional<String> at, Optional<Long> line, String file, long number) {
    return at.filter(file::equals).isPresent() && line.filter(each -> each == number).isPresent();
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
