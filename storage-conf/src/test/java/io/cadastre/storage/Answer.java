/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answer of Podman or of the rules, for comparison.
 *
 * @param refused whether the call fails; the rest is empty then
 * @param driver the graph driver
 * @param graphroot the folder of images
 * @param runroot the folder of the state
 * @param options the graph options as {@code podman info} prints them
 * @param flags the options that may decide about chown errors, and their values: {@code
 *     overlay.ignore_chown_errors=true}. The rules have one; Podman prints several and not which
 *     came last
 */
record Answer(
    boolean refused,
    String driver,
    String graphroot,
    String runroot,
    Map<String, String> options,
    Set<String> flags) {
  /** The escape for a tab within a cell. */
  private static final String TAB = "\\t";

  static final Answer REFUSED = new Answer(true, "", "", "", Map.of(), Set.of());

  /**
   * Returns the answer of the rules in Podman's form: of several options with one name the last.
   */
  static Answer of(StorageJudgement judgement) {
    if (judgement.refused()) {
      return REFUSED;
    }
    EffectiveStorage effective = judgement.effective().orElseThrow();
    Map<String, String> options = new TreeMap<>();
    effective.options().forEach(option -> options.put(option.name(), option.value()));
    IgnoreChownErrors flag = effective.ignoreChownErrors();
    return new Answer(
        false,
        effective.driver().value(),
        effective.graphroot().value(),
        effective.runroot().value(),
        options,
        flag.option().map(name -> name + "=" + flag.value()).stream().collect(Collectors.toSet()));
  }

  /** Returns Podman's answer. The names of the options tell which of them are the driver's flag. */
  static Answer of(String driver, String graphroot, String runroot, Map<String, String> options) {
    Pattern flag =
        Pattern.compile(
            "\\s*((%1$s2?)?\\.)?%2$s\\s*".formatted(driver, IgnoreChownErrors.KEY),
            Pattern.CASE_INSENSITIVE);
    return new Answer(
        false,
        driver,
        graphroot,
        runroot,
        new TreeMap<>(options),
        options.keySet().stream()
            .filter(name -> flag.matcher(name).matches())
            .map(name -> name + "=" + GoText.bool(GoText.trim(options.get(name))).orElseThrow())
            .collect(Collectors.toSet()));
  }

  private boolean sayTheSame(Answer rules) {
    return refused == rules.refused
        && driver.equals(rules.driver)
        && graphroot.equals(rules.graphroot)
        && runroot.equals(rules.runroot)
        && options.equals(rules.options)
        && flags.containsAll(rules.flags)
        && flags.isEmpty() == rules.flags.isEmpty();
  }

  /**
   * Requires that the rules say the same as this answer of Podman.
   *
   * @param errors what Podman wrote to standard error, for the message
   */
  void requireSame(StorageJudgement judgement, StorageCase asked, String errors) {
    Answer rules = of(judgement);
    if (!sayTheSame(rules)) {
      throw new AssertionError(
          "%s%n  podman: %s %s%n  rules:  %s %s"
              .formatted(
                  asked,
                  line(""),
                  errors,
                  rules.line(""),
                  judgement.refusal().map(Refusal::reason).orElse("")));
    }
  }

  /** Requires that Podman reads what the rules call no TOML: a known difference of the parsers. */
  void requireOnlyOursBroken(StorageJudgement judgement) {
    if (refused || judgement.refusal().orElseThrow().code() != Refusal.Code.SYNTAX) {
      throw new AssertionError("no difference any more: " + this + " and " + judgement);
    }
  }

  /** Returns a line of a golden file. */
  String line(String name) {
    if (refused) {
      return name + "\trefused";
    }
    Stream<String> shown =
        options.entrySet().stream().map(option -> option.getKey() + "=" + option.getValue());
    return Stream.concat(Stream.of(name, driver, graphroot, runroot), shown)
        .map(cell -> cell.replace("\t", TAB))
        .collect(Collectors.joining("\t"));
  }

  /** Parses a line of a golden file. */
  static Answer ofLine(String line) {
    List<String> cells =
        Stream.of(line.split("\t", -1)).map(cell -> cell.replace(TAB, "\t")).toList();
    if (cells.get(1).equals("refused")) {
      return REFUSED;
    }
    Map<String, String> options = new TreeMap<>();
    for (String option : cells.subList(4, cells.size())) {
      int equals = option.indexOf('=');
      options.put(option.substring(0, equals), option.substring(equals + 1));
    }
    return of(cells.get(1), cells.get(2), cells.get(3), options);
  }
}
