/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import io.cadastre.storage.UnusedSetting.Why;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the values without effect. */
final class UnusedSettings {
  private static final Set<String> PATHS =
      Set.of(
          KnownKeys.DRIVER,
          KnownKeys.GRAPHROOT,
          KnownKeys.RUNROOT,
          KnownKeys.ROOTLESS_STORAGE_PATH,
          KnownKeys.IMAGESTORE);

  /** Keys that container-libs decodes and never reads. */
  private static final Set<String> DEAD =
      Set.of(KnownKeys.OPTIONS + ".imagestore", KnownKeys.OPTIONS + ".use_composefs");

  private static final Set<String> LISTS = Set.of("imagestore", "additionallayerstore");

  private final StorageRequest request;
  private final StorageDraft draft;
  private final EffectiveStorage effective;
  private final Set<SettingPlace> used = new HashSet<>();

  UnusedSettings(StorageRequest request, StorageDraft draft, EffectiveStorage effective) {
    this.request = request;
    this.draft = draft;
    this.effective = effective;
    for (Setting setting :
        List.of(effective.driver(), effective.graphroot(), effective.runroot())) {
      setting.place().ifPresent(used::add);
    }
    effective.imagestore().flatMap(Setting::place).ifPresent(used::add);
    used.addAll(optionsInForce());
  }

  /** Returns the unknown keys, then the values without effect, in the order of the files. */
  List<UnusedSetting> settings() {
    List<UnusedSetting> unused = new ArrayList<>(draft.settings().unknown());
    for (TomlEntry entry : draft.settings().entries()) {
      if (concerns(entry) && !used.contains(entry.place())) {
        unused.add(new UnusedSetting(entry.key(), entry.value(), entry.place(), why(entry)));
      }
    }
    return unused;
  }

  private static boolean concerns(TomlEntry entry) {
    String table = entry.place().table();
    return PATHS.contains(entry.name())
        || DEAD.contains(entry.name())
        || GENERAL.contains(entry.name())
        || (table.startsWith(KnownKeys.OPTIONS + ".") && !table.endsWith(".pull_options"));
  }

  private static final Set<String> GENERAL =
      Set.of(
          KnownKeys.OPTIONS + ".size",
          KnownKeys.OPTIONS + ".mount_program",
          KnownKeys.OPTIONS + ".skip_mount_home",
          KnownKeys.OPTIONS + ".mountopt",
          KnownKeys.OPTIONS + "." + IgnoreChownErrors.KEY,
          KnownKeys.OPTIONS + "." + KnownKeys.IMAGE_STORES,
          KnownKeys.OPTIONS + "." + KnownKeys.LAYER_STORES,
          KnownKeys.FORCE_MASK);

  private Why why(TomlEntry entry) {
    if (DEAD.contains(entry.name())) {
      return Why.UNKNOWN_KEY;
    } else if (entry.blank()) {
      return Why.EMPTY;
    } else if (PATHS.contains(entry.name())) {
      return pathWhy(entry);
    }
    String table = entry.place().table();
    boolean flagOfOverlay =
        entry.key().equals(IgnoreChownErrors.KEY) && effective.driver().value().equals("overlay");
    if (draft.systemFile()
        && !named()
        && !flagOfOverlay
        && request.variable(LegacyOptions.OPTIONS_VARIABLE).isEmpty()) {
      return Why.NOT_FOR_USERS;
    }
    return table.startsWith(KnownKeys.OPTIONS + ".")
            && !table.equalsIgnoreCase(KnownKeys.OPTIONS + "." + effective.driver().value())
        ? Why.OTHER_DRIVER
        : Why.OVERRIDDEN;
  }

  /** Returns why a path or the driver has no effect. STORAGE_OPTS does not replace these. */
  private Why pathWhy(TomlEntry entry) {
    boolean overridden =
        switch (entry.name()) {
          case KnownKeys.DRIVER ->
              request.recordedDriver().isPresent()
                  || LegacyOptions.environmentDriver(request).isPresent();
          case KnownKeys.ROOTLESS_STORAGE_PATH -> true;
          default -> false;
        };
    return draft.systemFile() && !overridden ? Why.NOT_FOR_USERS : Why.OVERRIDDEN;
  }

  /**
   * Returns whether the system file is that of CONTAINERS_STORAGE_CONF, whose options all apply.
   */
  private boolean named() {
    return request.filled(StoragePaths.NAMED).isPresent();
  }

  /** Returns the places of the options that the driver reads: for each name the last one. */
  private Set<SettingPlace> optionsInForce() {
    Map<String, SettingPlace> last = new HashMap<>();
    Set<SettingPlace> places = new HashSet<>();
    for (DriverOption option : effective.options()) {
      Optional<String> key = Optional.empty();
      try {
        key = OptionNames.key(option, effective.driver().value(), request.engine());
      } catch (StorageRefused e) {
        // The refusal reports this option already.
        places.add(option.place());
      }
      if (key.filter(LISTS::contains).isPresent()) {
        places.add(option.place());
      } else {
        key.ifPresent(name -> last.put(name, option.place()));
      }
    }
    places.addAll(last.values());
    return places;
  }
}
