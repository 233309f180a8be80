/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.DriverOption;
import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Engine;
import io.cadastre.storage.IgnoreChownErrors;
import io.cadastre.storage.Refusal;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.StorageJudgement;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings from a user's storage.conf files, and the findings about them. The service and the
 * node print the same tree.
 *
 * @param judgement the result of the rules
 * @param findings the findings, in the order of the rules
 * @param difference the changes against another edition; empty if none was named
 */
public record Explanation(
    StorageJudgement judgement,
    List<StorageFinding> findings,
    Optional<UpgradeDifference> difference) {

  /** Copies the list. */
  public Explanation {
    findings = List.copyOf(findings);
  }

  /**
   * Applies the rules of storage.conf to the files, and the rules of the findings to the result and
   * the facts.
   */
  public static Explanation of(StorageRequest files, Facts facts) {
    StorageRequest request = known(files, facts);
    StorageJudgement judgement = StorageRules.judge(request);
    return new Explanation(
        judgement, StorageFindings.of(request, judgement, facts), Optional.empty());
  }

  /** Applies the rules of storage.conf alone, with what the facts say of libpod's database. */
  static StorageJudgement judge(StorageRequest files, Facts facts) {
    return StorageRules.judge(known(files, facts));
  }

  /**
   * Explains the files as {@link #of} does, and compares with what another edition makes of them.
   */
  public static Explanation comparing(StorageRequest request, Engine installed, Facts facts) {
    Explanation alone = of(request, facts);
    return new Explanation(
        alone.judgement(),
        alone.findings(),
        Optional.of(UpgradeDifference.of(request, installed, facts)));
  }

  private static StorageRequest known(StorageRequest request, Facts facts) {
    return facts.stores().isEmpty()
        ? request.withRecordedDriver(Optional.empty())
        : request.withRecordedDriver(
            StorageRules.judge(request)
                .effective()
                .flatMap(files -> facts.store(files.graphroot().value()).recordedDriver()));
  }

  /** Returns a tree of JSON values, without keys that have no value. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("refused", judgement.refused());
    judgement.refusal().map(Refusal::reason).ifPresent(reason -> tree.put("reason", reason));
    judgement.refusal().flatMap(Refusal::place).ifPresent(place -> put(tree, place));
    judgement.effective().ifPresent(effective -> tree.put("effective", effective(effective)));
    tree.put("findings", findings.stream().map(StorageFinding::tree).toList());
    difference.ifPresent(changes -> tree.put("difference", changes.tree()));
    return tree;
  }

  private static Map<String, Object> effective(EffectiveStorage effective) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("files", effective.files());
    tree.put("driver", effective.driver().value());
    tree.put("graphroot", effective.graphroot().value());
    tree.put("runroot", effective.runroot().value());
    effective.imagestore().ifPresent(store -> tree.put("imagestore", store.value()));
    tree.put(
        "additionalImageStores",
        effective.additionalImageStores().stream().map(store -> store.value()).toList());
    tree.put("ignoreChownErrors", flag(effective.ignoreChownErrors()));
    Map<String, Object> options = new LinkedHashMap<>();
    // Of two options with one name the later one applies, in the position of the first.
    for (DriverOption option : effective.options()) {
      options.put(option.name(), said(option.value(), Optional.of(option.place())));
    }
    tree.put("options", options);
    return tree;
  }

  private static Map<String, Object> flag(IgnoreChownErrors flag) {
    Map<String, Object> tree = said(flag.value(), flag.place());
    flag.option().ifPresent(option -> tree.put("option", option));
    return tree;
  }

  private static Map<String, Object> said(Object value, Optional<SettingPlace> place) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("value", value);
    place.ifPresent(at -> put(tree, at));
    return tree;
  }

  /**
   * Adds {@code file} and {@code line}; a variable of the environment is {@code $NAME} without a
   * line.
   */
  static void put(Map<String, Object> tree, SettingPlace place) {
    tree.put("file", place.inFile() ? place.source() : place.toString());
    if (place.inFile()) {
      tree.put("line", place.line());
    }
  }
}
