/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code apptainer config fakeroot} of Apptainer 1.4.5 makes of /etc/subuid or /etc/subgid: it
 * keeps the lines with at least three fields, so that the marker lines are lost. {@code
 * ApptainerRewriteTest} compares it with what the program left.
 */
final class ApptainerRewrite {
  private static final long COUNT = 65536;
  private static final long MAX_START = (1L << 32) - 2 * COUNT;
  private static final long NO_UID = (1L << 32) - 1;

  private final Map<String, Long> uids;

  /**
   * A system with these accounts.
   *
   * @param uids the uid of each name that NSS knows
   */
  ApptainerRewrite(Map<String, Long> uids) {
    this.uids = uids;
  }

  private record Entry(String line, long uid, long start, long count, boolean valid) {
    boolean holds(long id) {
      return valid && id >= start && id <= start + count - 1;
    }

    boolean disabled() {
      return line.startsWith("!");
    }
  }

  /** {@code --add NAME}: a row with the uid and a range from the top of the ID space. */
  String add(String text, String name) {
    List<Entry> entries = entries(text);
    if (of(entries, name).isPresent()) {
      return text;
    }
    long start = MAX_START;
    while (holds(entries, start)) {
      start -= COUNT;
    }
    String line = uids.get(name) + ":" + start + ":" + COUNT;
    entries.add(new Entry(line, 0, start, COUNT, true));
    return written(entries);
  }

  private static boolean holds(List<Entry> entries, long start) {
    return entries.stream().anyMatch(entry -> entry.holds(start));
  }

  /** {@code --disable NAME}: the row begins with an exclamation mark then. */
  String disable(String text, String name) {
    List<Entry> entries = entries(text);
    Optional<Entry> found = of(entries, name).filter(entry -> !entry.disabled());
    return found.isEmpty() ? text : replaced(entries, found.get(), "!" + found.get().line());
  }

  /** {@code --enable NAME}: the row without the exclamation mark. */
  String enable(String text, String name) {
    List<Entry> entries = entries(text);
    Optional<Entry> found = of(entries, name).filter(Entry::disabled);
    return found.isEmpty() ? text : replaced(entries, found.get(), found.get().line().substring(1));
  }

  /** {@code --remove NAME}: without the row. */
  String remove(String text, String name) {
    List<Entry> entries = entries(text);
    Optional<Entry> found = of(entries, name);
    if (found.isEmpty()) {
      return text;
    }
    entries.remove(found.get());
    return written(entries);
  }

  private static String replaced(List<Entry> entries, Entry old, String line) {
    entries.set(entries.indexOf(old), new Entry(line, old.uid(), old.start(), old.count(), true));
    return written(entries);
  }

  /** The first row of this account with 65536 IDs, or else the one with most of them. */
  private Optional<Entry> of(List<Entry> entries, String name) {
    List<Entry> own =
        entries.stream()
            .filter(entry -> entry.valid() && entry.uid() == uids.get(name))
            .filter(entry -> entry.count() >= COUNT)
            .toList();
    return own.stream()
        .filter(entry -> entry.count() == COUNT)
        .findFirst()
        .or(() -> own.stream().max(Comparator.comparingLong(Entry::count)));
  }

  private List<Entry> entries(String text) {
    return text.lines()
        .map(line -> entry(line, line.split(":", -1)))
        .flatMap(Optional::stream)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Optional<Entry> entry(String line, String[] fields) {
    if (fields.length < 3) {
      return Optional.empty();
    }
    String owner = fields[0].startsWith("!") ? fields[0].substring(1) : fields[0];
    long uid = isNumber(owner) ? Long.parseLong(owner) : uids.getOrDefault(owner, NO_UID);
    boolean valid = Arrays.stream(fields, 1, 3).allMatch(ApptainerRewrite::isNumber);
    long start = valid ? Long.parseLong(fields[1]) : 0;
    long count = valid ? Long.parseLong(fields[2]) : 0;
    return Optional.of(new Entry(line, uid, start, count, count > 0));
  }

  private static boolean isNumber(String field) {
    return !field.isEmpty() && field.length() < 11 && field.chars().allMatch(Character::isDigit);
  }

  private static String written(List<Entry> entries) {
    return entries.stream().map(entry -> entry.line() + "\n").collect(Collectors.joining());
  }
}
