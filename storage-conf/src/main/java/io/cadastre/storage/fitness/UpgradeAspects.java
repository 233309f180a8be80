/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.DriverOption;
import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Refusal;
import io.cadastre.storage.Setting;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.StorageJudgement;
import io.cadastre.storage.UnusedSetting;
import io.cadastre.storage.UnusedSetting.Why;
import io.cadastre.storage.fitness.UpgradeChange.Aspect;
import io.cadastre.storage.fitness.UpgradeChange.Kind;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The answer of one edition in comparable form: the options by the driver's own names. */
final class UpgradeAspects {
  static final Comparator<Aspect> ORDER =
      Comparator.comparing(Aspect::kind).thenComparing(Aspect::name);

  /**
   * A value.
   *
   * @param text the value as text, the same text for equal values
   * @param place the place of the value
   */
  record Value(String text, Optional<SettingPlace> place) {}

  private final Map<Aspect, Value> values = new TreeMap<>(ORDER);

  private UpgradeAspects() {}

  static UpgradeAspects of(StorageJudgement judgement) {
    UpgradeAspects aspects = new UpgradeAspects();
    judgement.refusal().ifPresent(aspects::refusal);
    judgement
        .effective()
        .ifPresent(
            effective -> {
              aspects.settings(effective);
              // After a refusal the driver has not read its options.
              if (!judgement.refused()) {
                aspects.options(effective);
              }
            });
    judgement.unused().stream()
        .filter(setting -> setting.why() == Why.UNKNOWN_KEY)
        .forEach(aspects::unknown);
    return aspects;
  }

  /** Returns all values, in the order of the kinds. */
  Map<Aspect, Value> values() {
    return values;
  }

  /** Returns the text of a value; empty if there is none. */
  Optional<String> text(Aspect aspect) {
    return Optional.ofNullable(values.get(aspect)).map(Value::text);
  }

  /** Returns the place of a value. */
  Optional<SettingPlace> place(Aspect aspect) {
    return Optional.ofNullable(values.get(aspect)).flatMap(Value::place);
  }

  private void put(Kind kind, String name, String text, Optional<SettingPlace> place) {
    values.put(new Aspect(kind, name), new Value(text, place));
  }

  private void put(Kind kind, Setting setting) {
    put(kind, "", setting.value(), setting.place());
  }

  private void refusal(Refusal refusal) {
    put(Kind.REFUSED, "", refusal.reason(), refusal.place());
  }

  private void settings(EffectiveStorage effective) {
    if (!effective.files().isEmpty()) {
      put(Kind.FILES, "", String.join(", ", effective.files()), Optional.empty());
    }
    put(Kind.DRIVER, effective.driver());
    put(Kind.GRAPHROOT, effective.graphroot());
    put(Kind.RUNROOT, effective.runroot());
    effective.imagestore().ifPresent(store -> put(Kind.IMAGESTORE, store));
  }

  private void options(EffectiveStorage effective) {
    if (!effective.additionalImageStores().isEmpty()) {
      put(
          Kind.ADDITIONALIMAGESTORES,
          "",
          effective.additionalImageStores().stream()
              .map(Setting::value)
              .collect(Collectors.joining(", ")),
          effective.additionalImageStores().get(0).place());
    }
    put(
        Kind.IGNORE_CHOWN_ERRORS,
        "",
        Boolean.toString(effective.ignoreChownErrors().value()),
        effective.ignoreChownErrors().place());
    for (DriverOption option : effective.options()) {
      own(option.name(), effective.driver().value())
          .filter(key -> !key.equals(FlagLine.KEY) && !key.equals("imagestore"))
          .ifPresent(
              key -> put(Kind.OPTION, key, option.value().strip(), Optional.of(option.place())));
    }
  }

  /** Returns the name of an option without the prefix of the driver; empty for another driver. */
  private static Optional<String> own(String name, String driver) {
    int dot = name.indexOf('.');
    String prefix = name.substring(0, Math.max(0, dot));
    boolean own = prefix.isEmpty() || prefix.equals(driver) || prefix.equals(driver + "2");
    return Optional.of(name.substring(dot + 1)).filter(key -> own);
  }

  private void unknown(UnusedSetting setting) {
    put(
        Kind.KEY,
        "%s in [%s]".formatted(setting.key(), setting.place().table()),
        "unknown",
        Optional.of(setting.place()));
  }
}
