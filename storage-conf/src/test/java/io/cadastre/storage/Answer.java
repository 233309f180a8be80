/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param imagestore the separate folder of images; empty if there is none
 * @param transientStore whether containers end with the machine; the rules do not say it
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
    String imagestore,
    boolean transientStore,
    Map<String, String> options,
    Set<String> flags) {
  /** The escape for a tab within a cell. */
  private static final String TAB = "\\t";

  /** The names of the cells that are no graph options. */
  private static final String IMAGESTORE = "@imagestore=";

  private static final String TRANSIENT_STORE = "@transient_store=";

  static final Answer REFUSED = new Answer(true, "", "", "", "", false, Map.of(), Set.of());

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
        effective.imagestore().map(Setting::value).map(GoPath::clean).orElse(""),
        false,
        options,
        flag.option().map(name -> name + "=" + flag.value()).stream().collect(Collectors.toSet()));
  }

  /** Returns Podman's answer. The names of the options tell which of them are the driver's flag. */
  static Answer of(
      String driver,
      String graphroot,
      String runroot,
      String imagestore,
      boolean transientStore,
      Map<String, String> options) {
    Pattern flag =
        Pattern.compile(
            "\\s*((%1$s2?)?\\.)?%2$s\\s*".formatted(driver, IgnoreChownErrors.KEY),
            Pattern.CASE_INSENSITIVE);
    return new Answer(
        false,
        driver,
        graphroot,
        runroot,
        imagestore,
        transientStore,
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
        && imagestore.equals(rules.imagestore)
        && options.equals(rules.options)
        && flags.containsAll(rules.flags)
        && flags.isEmpty() == rules.flags.isEmpty();
  }

  /**
   * Requires that the rules say the same as this answer of Podman.
   *
   * @param errors what Podman wrote to standard error, for the message
   */
  private void requireSame(StorageJudgement judgement, StorageCase asked, String errors) {
    Answer rules = of(judgement);
    if (!sayTheSame(rules)) {
      throw new AssertionError(
          "%s%n  podman:%s %s%n  rules: %s %s"
              .formatted(
                  asked,
                  line("", errors),
                  refused ? "" : errors,
                  rules.line("", ""),
                  judgement.refusal().map(Refusal::reason).orElse("")));
    }
  }

  /**
   * Requires that the rules of this engine say the same as this answer of Podman, or differ from it
   * where the parsers do.
   */
  void requireRules(StorageCase asked, Engine engine, String errors) {
    StorageJudgement judgement = StorageRules.judge(asked.request(engine));
    if (!refused && StorageCorpus.REOPENED.contains(asked.name())) {
      requireOnlyOursBroken(judgement);
    } else if (refused && StorageCorpus.ROOTS_PATHS.contains(asked.name())) {
      requireRootsPath(judgement);
    } else {
      requireSame(judgement, asked, errors);
    }
  }

  /** Requires that Podman reads what the rules call no TOML: a known difference of the parsers. */
  private void requireOnlyOursBroken(StorageJudgement judgement) {
    if (!judgement.refusal().map(Refusal::code).equals(Optional.of(Refusal.Code.SYNTAX))) {
      throw new AssertionError("no difference any more: " + this + " and " + judgement);
    }
  }

  private static void requireRootsPath(StorageJudgement judgement) {
    EffectiveStorage effective = judgement.effective().orElseThrow();
    if (!effective.graphroot().value().startsWith("/var/lib/containers/")
        && !effective.runroot().value().startsWith("/run/containers/")) {
      throw new AssertionError("Podman is refused a path, and the rules have none: " + judgement);
    }
  }

  /**
   * Returns a line of a golden file.
   *
   * @param errors what Podman wrote to standard error; the last line is the reason of a refusal,
   *     for readers only
   */
  String line(String name, String errors) {
    if (refused) {
      String reason = errors.substring(errors.lastIndexOf('\n') + 1).replace("\t", TAB);
      return name + "\trefused" + (reason.isEmpty() ? "" : "\t" + reason);
    }
    List<String> cells = new ArrayList<>(List.of(name, driver, graphroot, runroot));
    if (!imagestore.isEmpty()) {
      cells.add(IMAGESTORE + imagestore);
    }
    if (transientStore) {
      cells.add(TRANSIENT_STORE + "true");
    }
    options.forEach((option, value) -> cells.add(option + "=" + value));
    return cells.stream().map(cell -> cell.replace("\t", TAB)).collect(Collectors.joining("\t"));
  }

  /** Parses a line of a golden file. */
  static Answer ofLine(String line) {
    List<String> cells =
        Stream.of(line.split("\t", -1)).map(cell -> cell.replace(TAB, "\t")).toList();
    if (cells.get(1).equals("refused")) {
      return REFUSED;
    }
    Map<String, String> options = new TreeMap<>();
    String imagestore = "";
    boolean transientStore = false;
    for (String cell : cells.subList(4, cells.size())) {
      String value = cell.substring(cell.indexOf('=') + 1);
      if (cell.startsWith(IMAGESTORE)) {
        imagestore = value;
      } else if (cell.startsWith(TRANSIENT_STORE)) {
        transientStore = Boolean.parseBoolean(value);
      } else {
        options.put(cell.substring(0, cell.indexOf('=')), value);
      }
    }
    return of(cells.get(1), cells.get(2), cells.get(3), imagestore, transientStore, options);
  }
}
