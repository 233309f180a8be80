/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.StorageFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A line of a file that sets ignore_chown_errors. It serves for files that Podman does not read and
 * for values that it refuses, for which the rules of storage.conf have only the place.
 *
 * @param place the place of the line
 * @param value the value, without quotes
 */
record FlagLine(SettingPlace place, String value) {
  static final String KEY = "ignore_chown_errors";

  private static final Pattern LINE =
      Pattern.compile("[^#]*\\b" + KEY + "\"?\\s*=\\s*[\"']?([^\"'#,}\\s]*).*");

  /** The texts that Go's strconv.ParseBool reads as true. */
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

  /** Returns the flag at this place; empty if the line there does not set it. */
  static Optional<FlagLine> of(FileContext context, Optional<SettingPlace> place) {
    return place.flatMap(at -> context.line(at).flatMap(line -> parse(line, at)));
  }

  /** Returns every line of a file that sets the flag. */
  static List<FlagLine> all(StorageFile file) {
    List<String> lines = file.text().lines().toList();
    return IntStream.range(0, lines.size())
        .mapToObj(i -> parse(lines.get(i), new SettingPlace(file.path(), i + 1, "")))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns the line that sets the flag to this value. */
  static String saying(String value) {
    return "%s = \"%s\"".formatted(KEY, value);
  }

  /** Returns whether Go's strconv.ParseBool reads the text as true. */
  static boolean isTrue(String value) {
    return TRUE.contains(value.strip());
  }

  /**
   * Returns whether Go's strconv.ParseBool reads the text, or the text is empty, which Go treats as
   * absent.
   */
  static boolean isTruthValue(String value) {
    return isTrue(value) || FALSE.contains(value.strip()) || value.isEmpty();
  }

  private static Optional<FlagLine> parse(String line, SettingPlace place) {
    Matcher matcher = LINE.matcher(line);
    return matcher.matches()
        ? Optional.of(new FlagLine(place, matcher.group(1)))
        : Optional.empty();
  }
}
