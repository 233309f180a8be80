/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the options one by one as the parsers of the drivers do, and refuses the same ones. Not
 * thread-safe.
 */
final class OptionReader {
  private static final Set<String> VFS = Set.of("imagestore", "mountopt", IgnoreChownErrors.KEY);
  private static final Set<String> BTRFS = Set.of("min_space", "size");
  private static final Set<String> ZFS = Set.of("fsname", "mountopt", "size");
  private static final Set<String> SYNC = Set.of("", "none", "filesystem");

  private final String driver;
  private final StorageRequest request;
  IgnoreChownErrors ignoreChownErrors = IgnoreChownErrors.NONE;
  final List<Setting> imageStores = new ArrayList<>();
  String mountProgram = "";
  Optional<SettingPlace> forceMask = Optional.empty();
  Optional<SettingPlace> quota = Optional.empty();

  OptionReader(String driver, StorageRequest request) {
    this.driver = driver;
    this.request = request;
  }

  /**
   * Reads one option.
   *
   * @param key the key of the option, from {@link OptionNames}
   */
  void read(String key, DriverOption option) throws StorageRefused {
    switch (driver) {
      case "overlay" -> overlay(key, option);
      case "vfs" -> vfs(key, option);
      case "btrfs" -> require(BTRFS.contains(key), option);
      default -> require(ZFS.contains(key), option);
    }
  }

  /** The drivers trim the value, from STORAGE_OPTS and from a file. */
  private static String value(DriverOption option) {
    return GoText.trim(option.value());
  }

  private void vfs(String key, DriverOption option) throws StorageRefused {
    require(VFS.contains(key), option);
    switch (key) {
      case "imagestore" -> {
        for (String store : value(option).split(",", -1)) {
          refuseMissing(store, option, "mkdir %s: no such store, and none can be made");
          refuse(PathState.Kind.FILE, store, option, "mkdir %s: not a directory".formatted(store));
          imageStores.add(new Setting(store, Optional.of(option.place())));
        }
      }
      case "mountopt" ->
          throw OptionNames.refused(option, "vfs driver does not support mount options");
      default -> flag(option);
    }
  }

  private void overlay(String key, DriverOption option) throws StorageRefused {
    String value = value(option);
    switch (key) {
      case "override_kernel_check", "mountopt" -> {}
      case "size" -> quota(GoText.size(value), option, "invalid size: '%s'".formatted(value));
      case "inodes" ->
          quota(
              GoText.count(value),
              option,
              "strconv.ParseUint: parsing %s: invalid syntax".formatted(GoText.quote(value)));
      case "imagestore", "additionalimagestore" -> stores(option);
      case "additionallayerstore" -> layerStores(option);
      case "mount_program" -> {
        String reason = "overlay: can't stat program \"%s\": no such file";
        if (!value.isEmpty() && !GoPath.isAbsolute(value)) {
          // Podman searches in its working folder, not in the PATH.
          throw badPath(option, reason.formatted(value));
        }
        refuseMissing(value, option, reason);
        mountProgram = value;
      }
      case "skip_mount_home" -> {
        if (request.engine().has(Step.SKIP_MOUNT_HOME_PARSED)) {
          bool(option);
        }
      }
      case IgnoreChownErrors.KEY -> flag(option);
      case "force_mask" -> {
        boolean known = value.equals("shared") || value.equals("private");
        parse(
            known || GoText.isOctal(value),
            option,
            "strconv.ParseInt: parsing %s: invalid syntax".formatted(GoText.quote(value)));
        forceMask = Optional.of(option.place());
      }
      default -> newer(key, option);
    }
  }

  private void newer(String key, DriverOption option) throws StorageRefused {
    boolean sync = key.equals("sync");
    require(
        (sync && request.engine().has(Step.SYNC))
            || (key.equals("use_composefs") && request.engine().has(Step.COMPOSEFS)),
        option);
    if (sync) {
      parse(
          SYNC.contains(value(option).toLowerCase(Locale.ROOT)),
          option,
          "invalid sync mode for overlay driver: %s".formatted(value(option)));
    } else if (bool(option) && request.user().rootless()) {
      throw new StorageRefused(
          Refusal.Code.CONFLICT,
          "composefs is not supported in user namespaces",
          Optional.of(option.place()));
    }
  }

  private void stores(DriverOption option) throws StorageRefused {
    if (value(option).isEmpty()) {
      return;
    }
    for (String store : value(option).split(",", -1)) {
      String path = GoPath.clean(store);
      refuseNoFolder(path, option, "image path");
      imageStores.add(new Setting(path, Optional.of(option.place())));
    }
  }

  private void layerStores(DriverOption option) throws StorageRefused {
    if (value(option).isEmpty()) {
      return;
    }
    for (String store : value(option).split(",", -1)) {
      String[] parts = store.split(":", -1);
      refuseNoFolder(GoPath.clean(parts[0]), option, "additionallayerstore path");
      if (parts.length > 2 || (parts.length == 2 && !parts[1].equals("ref"))) {
        throw OptionNames.refused(
            option, "overlay: additionallayerstore config %s".formatted(GoText.quote(store)));
      }
    }
  }

  private void refuseNoFolder(String path, DriverOption option, String what) throws StorageRefused {
    if (!GoPath.isAbsolute(path)) {
      throw badPath(
          option,
          "overlay: %s %s is not absolute.  Can not be relative"
              .formatted(what, GoText.quote(path)));
    }
    refuseMissing(path, option, "overlay: can't stat imageStore dir %s: no such file or directory");
    refuse(
        PathState.Kind.FILE,
        path,
        option,
        "overlay: %s %s must be a directory".formatted(what, GoText.quote(path)));
  }

  private void refuseMissing(String path, DriverOption option, String reason)
      throws StorageRefused {
    refuse(PathState.Kind.MISSING, path, option, reason.formatted(path));
  }

  /** Refuses a path with this kind of file. */
  private void refuse(PathState.Kind kind, String path, DriverOption option, String reason)
      throws StorageRefused {
    if (!path.isEmpty() && request.support().paths().apply(path).kind() == kind) {
      throw badPath(option, reason);
    }
  }

  private void quota(Optional<BigInteger> most, DriverOption option, String reason)
      throws StorageRefused {
    parse(most.isPresent(), option, reason);
    quota =
        most.filter(number -> number.signum() > 0).map(number -> option.place()).or(() -> quota);
  }

  private void flag(DriverOption option) throws StorageRefused {
    ignoreChownErrors =
        new IgnoreChownErrors(
            bool(option), Optional.of(option.name()), Optional.of(option.place()));
  }

  private static boolean bool(DriverOption option) throws StorageRefused {
    Optional<Boolean> value = GoText.bool(value(option));
    parse(
        value.isPresent(),
        option,
        "strconv.ParseBool: parsing %s: invalid syntax".formatted(GoText.quote(value(option))));
    return value.orElse(false);
  }

  private static void parse(boolean parsed, DriverOption option, String reason)
      throws StorageRefused {
    if (!parsed) {
      throw new StorageRefused(Refusal.Code.UNPARSABLE_VALUE, reason, Optional.of(option.place()));
    }
  }

  private void require(boolean known, DriverOption option) throws StorageRefused {
    if (!known) {
      throw OptionNames.refused(option, "%s: Unknown option %s".formatted(driver, option.name()));
    }
  }

  private static StorageRefused badPath(DriverOption option, String reason) {
    return new StorageRefused(Refusal.Code.BAD_PATH, reason, Optional.of(option.place()));
  }
}
