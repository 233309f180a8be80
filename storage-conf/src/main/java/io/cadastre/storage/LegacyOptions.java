/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The driver and its options from one file under the {@code legacy} rules, as
 * ReloadConfigurationFile of containers/storage 1.43 to 1.62 computes them.
 *
 * @param driver the driver, with overlay for overlay2; empty if there is none
 * @param options the options for the driver, in order
 * @param settings the entries of the file
 */
record LegacyOptions(Optional<Setting> driver, List<DriverOption> options, TomlSettings settings) {
  static final String DRIVER_VARIABLE = "STORAGE_DRIVER";
  static final String OPTIONS_VARIABLE = "STORAGE_OPTS";

  /** Returns the result without a file, to which the environment does not apply. */
  static LegacyOptions none() {
    return new LegacyOptions(Optional.empty(), List.of(), new TomlSettings());
  }

  static LegacyOptions of(StorageText file, StorageRequest request) {
    TomlSettings settings = new TomlSettings();
    settings.merge(file);
    Optional<Setting> named =
        environmentDriver(request)
            .or(() -> settings.text(KnownKeys.DRIVER).map(TomlEntry::setting));
    Optional<Setting> driver = named.map(LegacyOptions::withoutTheTwo);
    return new LegacyOptions(
        driver,
        environmentOptions(request).orElseGet(() -> fileOptions(settings, named, driver)),
        settings);
  }

  static Optional<Setting> environmentDriver(StorageRequest request) {
    return request
        .filled(DRIVER_VARIABLE)
        .map(name -> new Setting(name, Optional.of(SettingPlace.environment(DRIVER_VARIABLE))));
  }

  /** Replaces overlay2, which is the name of overlay in other programs. */
  static Setting withoutTheTwo(Setting driver) {
    return new Setting(withoutTheTwo(driver.value()), driver.place());
  }

  /** Replaces overlay2, which is the name of overlay in other programs. */
  static String withoutTheTwo(String driver) {
    return driver.equals("overlay2") ? "overlay" : driver;
  }

  /**
   * Returns the options of STORAGE_OPTS. If it is set, it replaces all options of a file, also if
   * it is empty.
   */
  static Optional<List<DriverOption>> environmentOptions(StorageRequest request) {
    return request
        .variable(OPTIONS_VARIABLE)
        .map(
            text ->
                text.isEmpty()
                    ? List.of()
                    : Arrays.stream(text.split(",", -1)).map(LegacyOptions::option).toList());
  }

  /**
   * Parses an option of the environment; without "=" it has no value, and every driver refuses it.
   */
  private static DriverOption option(String text) {
    int equals = text.indexOf('=');
    SettingPlace place = SettingPlace.environment(OPTIONS_VARIABLE);
    return equals < 0
        ? new DriverOption(text, DriverOption.NO_VALUE, place)
        : new DriverOption(text.substring(0, equals), text.substring(equals + 1), place);
  }

  private static List<DriverOption> fileOptions(
      TomlSettings settings, Optional<Setting> named, Optional<Setting> driver) {
    List<DriverOption> options = new ArrayList<>();
    // The general options get the driver's name as it is written, also an empty one and overlay2.
    String prefix = named.map(Setting::value).orElse("") + ".";
    for (TomlEntry store : settings.list(KnownKeys.OPTIONS + "." + KnownKeys.IMAGE_STORES)) {
      options.add(new DriverOption(prefix + "imagestore", store.value(), store.place()));
    }
    for (TomlEntry store : settings.list(KnownKeys.OPTIONS + "." + KnownKeys.LAYER_STORES)) {
      options.add(new DriverOption(prefix + "additionallayerstore", store.value(), store.place()));
    }
    for (String key : List.of("size", "mount_program", "skip_mount_home", IgnoreChownErrors.KEY)) {
      add(options, prefix, settings.text(KnownKeys.OPTIONS + "." + key));
    }
    settings
        .text(KnownKeys.FORCE_MASK)
        .ifPresent(
            mask ->
                options.add(
                    new DriverOption(
                        prefix + mask.key(),
                        Long.toOctalString(Long.parseLong(mask.value())),
                        mask.place())));
    add(options, prefix, settings.text(KnownKeys.OPTIONS + ".mountopt"));
    driver.ifPresent(setting -> addDriverOptions(options, settings, setting.value()));
    return options;
  }

  /**
   * Adds the options of the driver's own table, and the general option for a key that it does not
   * have.
   */
  private static void addDriverOptions(
      List<DriverOption> options, TomlSettings settings, String driver) {
    List<String> keys =
        switch (driver) {
          case "overlay" ->
              List.of(
                  IgnoreChownErrors.KEY,
                  "mount_program",
                  "mountopt",
                  "size",
                  "inodes",
                  "skip_mount_home");
          case "vfs" -> List.of(IgnoreChownErrors.KEY);
          case "btrfs" -> List.of("min_space", "size");
          case "zfs" -> List.of("fsname", "mountopt", "size");
          default -> List.of();
        };
    for (String key : keys) {
      Optional<TomlEntry> own = settings.text(KnownKeys.OPTIONS + "." + driver + "." + key);
      add(options, driver + ".", own.or(() -> settings.text(KnownKeys.OPTIONS + "." + key)));
    }
    if (driver.equals("overlay")) {
      addForceMask(options, settings);
      add(options, "overlay.", settings.text(KnownKeys.OPTIONS + ".overlay.use_composefs"));
    }
  }

  /** Adds the mask. Go prints the general one as a file mode, which no driver can parse. */
  private static void addForceMask(List<DriverOption> options, TomlSettings settings) {
    Optional<TomlEntry> own = settings.text(KnownKeys.OPTIONS + ".overlay.force_mask");
    if (own.isPresent()) {
      add(options, "overlay.", own);
    } else {
      settings
          .text(KnownKeys.FORCE_MASK)
          .ifPresent(
              mask ->
                  options.add(
                      new DriverOption(
                          "overlay.force_mask",
                          GoText.fileMode(Long.parseLong(mask.value())),
                          mask.place())));
    }
  }

  private static void add(List<DriverOption> options, String prefix, Optional<TomlEntry> entry) {
    entry.ifPresent(
        found -> options.add(new DriverOption(prefix + found.key(), found.value(), found.place())));
  }
}
