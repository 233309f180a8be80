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
 * A line that sets ignore_chown_errors, as a file has it: for files that are not read, and values
 * that are refused, of which the rules of storage.conf give the place alone.
 *
 * @param place the line
 * @param value what it says, without quotes
 */
record FlagLine(SettingPlace place, String value) {
  static final String KEY = "ignore_chown_errors";

  private static final Pattern LINE =
      Pattern.compile("[^#]*\\b" + KEY + "\"?\\s*=\\s*[\"']?([^\"'#,}\\s]*).*");

  /** What Go's strconv.ParseBool takes for true. */
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

  /** The flag that is set at this place, if one is. */
  static Optional<FlagLine> of(FileContext judged, Optional<SettingPlace> place) {
    return place.flatMap(at -> judged.line(at).flatMap(line -> parse(line, at)));
  }

  /** Where a file sets the flag. */
  static List<FlagLine> all(StorageFile file) {
    List<String> lines = file.text().lines().toList();
    return IntStream.range(0, lines.size())
        .mapToObj(i -> parse(lines.get(i), new SettingPlace(file.path(), i + 1, "")))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The line that says so. */
  static String saying(String value) {
    return "%s = \"%s\"".formatted(KEY, value);
  }

  /** Whether Go's strconv.ParseBool takes this for true. */
  static boolean isTrue(String value) {
    return TRUE.contains(value.strip());
  }

  /** Whether Go's strconv.ParseBool takes this for either, or it is as if it were not there. */
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
