/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.subid.storage;

import cadastre.subid.storage.UnusedSetting.Why;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what somebody wrote and nothing came of. */
final class Unused {
  private static final Set<String> PATHS =
      Set.of(
          Keys.DRIVER, Keys.GRAPHROOT, Keys.RUNROOT, Keys.ROOTLESS_STORAGE_PATH, Keys.IMAGESTORE);

  /** Decoded, but read by nothing in container-libs. */
  private static final Set<String> DEAD =
      Set.of(Keys.OPTIONS + ".imagestore", Keys.OPTIONS + ".use_composefs");

  private static final Set<String> LISTS = Set.of("imagestore", "additionallayerstore");

  private final StorageRequest request;
  private final Draft draft;
  private final EffectiveStorage effective;
  private final Set<Place> used = new HashSet<>();

  Unused(StorageRequest request, Draft draft, EffectiveStorage effective) {
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

  /** Keys that are not known, then values without effect, in the order of the files. */
  List<UnusedSetting> settings() {
    List<UnusedSetting> unused = new ArrayList<>(draft.settings().unknown());
    for (Entry entry : draft.settings().entries()) {
      if (concerns(entry) && !used.contains(entry.place())) {
        unused.add(new UnusedSetting(entry.key(), entry.value(), entry.place(), why(entry)));
      }
    }
    return unused;
  }

  private static boolean concerns(Entry entry) {
    String table = entry.place().table();
    return PATHS.contains(entry.name())
        || DEAD.contains(entry.name())
        || GENERAL.contains(entry.name())
        || (table.startsWith(Keys.OPTIONS + ".") && !table.endsWith(".pull_options"));
  }

  private static final Set<String> GENERAL =
      Set.of(
          Keys.OPTIONS + ".size",
          Keys.OPTIONS + ".mount_program",
          Keys.OPTIONS + ".skip_mount_home",
          Keys.OPTIONS + ".mountopt",
          Keys.OPTIONS + "." + IgnoreChownErrors.KEY,
          Keys.OPTIONS + "." + Keys.IMAGE_STORES,
          Keys.OPTIONS + "." + Keys.LAYER_STORES,
          Keys.FORCE_MASK);

  private Why why(Entry entry) {
    String table = entry.place().table();
    if (DEAD.contains(entry.name())) {
      return Why.UNKNOWN_KEY;
    } else if (entry.blank()) {
      return Why.EMPTY;
    } else if (table.startsWith(Keys.OPTIONS + ".")
        && !table.equalsIgnoreCase(Keys.OPTIONS + "." + effective.driver().value())) {
      return Why.OTHER_DRIVER;
    }
    return draft.systemFile() && request.variable(LegacyOptions.OPTIONS_VARIABLE).isEmpty()
        ? Why.NOT_FOR_USERS
        : Why.OVERRIDDEN;
  }

  /** The places of the options that the driver reads, the last of each name. */
  private Set<Place> optionsInForce() {
    Map<String, Place> last = new HashMap<>();
    Set<Place> places = new HashSet<>();
    for (DriverOption option : effective.options()) {
      Optional<String> key = Optional.empty();
      try {
        key = OptionNames.key(option, effective.driver().value(), request.engine());
      } catch (StorageRefused e) {
        // It is the refusal already.
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
