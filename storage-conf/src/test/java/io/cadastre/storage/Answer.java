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
 * What is compared: Podman's answer, or that of the rules.
 *
 * @param refused whether the call fails; the rest is empty then
 * @param driver the graph driver
 * @param graphroot where images are
 * @param runroot where the state is
 * @param options the graph options, as {@code podman info} shows them
 * @param flags the options that may decide about chown errors, and their values: {@code
 *     overlay.ignore_chown_errors=true}. The rules name one; of Podman's several it does not say
 *     which came last
 */
record Answer(
    boolean refused,
    String driver,
    String graphroot,
    String runroot,
    Map<String, String> options,
    Set<String> flags) {
  /** Stands for a tab within a cell. */
  private static final String TAB = "\\t";

  static final Answer REFUSED = new Answer(true, "", "", "", Map.of(), Set.of());

  /** The rules' answer in Podman's form: of options of one name it shows the last. */
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

  /** Podman's answer; which of its options are the driver's flag follows from their names. */
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

  /** Whether this answer of the rules says nothing but what Podman's does. */
  boolean agreesWith(Answer podman) {
    return refused == podman.refused
        && driver.equals(podman.driver)
        && graphroot.equals(podman.graphroot)
        && runroot.equals(podman.runroot)
        && options.equals(podman.options)
        && podman.flags.containsAll(flags)
        && flags.isEmpty() == podman.flags.isEmpty();
  }

  /** Requires that this Podman takes what the rules call no TOML: a known difference of parsers. */
  void requireOnlyOursBroken(StorageJudgement judgement) {
    if (refused || judgement.refusal().orElseThrow().code() != Refusal.Code.SYNTAX) {
      throw new AssertionError("no difference any more: " + this + " and " + judgement);
    }
  }

  /** A line of a golden file. */
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

  /** The answer in a line of a golden file. */
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
