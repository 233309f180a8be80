/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static io.cadastre.storage.StoragePaths.NAMED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules before {@link Step#MERGED}: DefaultStoreOptions of containers/storage. One file applies;
 * a rootless user gets only some settings of a system file.
 */
final class LegacyRules {
  private static final Set<String> ROOTLESS_DRIVERS = Set.of("btrfs", "overlay", "overlay2", "vfs");

  /** The drivers in the order in which Podman finds their folders. */
  private static final List<String> KNOWN_DRIVERS = List.of("btrfs", "overlay", "vfs", "zfs");

  private final StorageRequest request;
  private final IgnoredFiles ignored;
  private final StorageFiles files;
  private final StoragePaths paths;
  private final Folders folders;

  LegacyRules(StorageRequest request, IgnoredFiles ignored) {
    this.request = request;
    this.ignored = ignored;
    this.files = request.files();
    this.paths = StoragePaths.of(request.environment(), request.user());
    this.folders = new Folders(request);
  }

  StorageDraft draft() throws StorageRefused {
    if (request.variable(NAMED).isPresent()) {
      return named(paths.named().orElse(""));
    } else if (!request.user().rootless()) {
      return root();
    } else if (request.filled("XDG_CONFIG_HOME").isPresent()) {
      return rootless(true);
    }
    // Without a pause process Podman starts itself again with XDG_CONFIG_HOME set. Both processes
    // must accept the files, and
    // the settings of the second one apply.
    StorageDraft draft = rootless(false);
    return request.session() == PauseProcess.RUNNING ? draft : rootless(true);
  }

  /**
   * Reads the file of CONTAINERS_STORAGE_CONF, which replaces the system file; all its options
   * apply.
   */
  private StorageDraft named(String path) throws StorageRefused {
    ignored.shadow(files, List.of(paths.vendor(), paths.system(), paths.user()), NAMED);
    LegacyOptions file = load(path);
    return request.user().rootless()
        ? systemFile(List.of(path), file, file.options())
        : rootsFile(path, file);
  }

  private StorageDraft root() throws StorageRefused {
    List<String> inTurn = new ArrayList<>(List.of(paths.system(), paths.vendor()));
    // Podman reads root's own file only if the environment names the folder.
    request.variable("XDG_CONFIG_HOME").ifPresent(folder -> inTurn.add(0, paths.user()));
    Optional<String> path = inTurn.stream().filter(files::exists).findFirst();
    if (path.isEmpty()) {
      return draft(List.of(), false, Optional.empty(), LegacyOptions.none());
    }
    ignored.shadow(files, inTurn, path.get());
    return rootsFile(path.get(), load(path.get()));
  }

  private StorageDraft rootsFile(String path, LegacyOptions file) throws StorageRefused {
    List<String> required =
        request.engine().has(Step.ROOT_DEFAULTS)
            ? List.of()
            : List.of(KnownKeys.RUNROOT, KnownKeys.GRAPHROOT);
    for (String key : required) {
      if (file.settings().text(key).isEmpty()) {
        throw new StorageRefused(
            Refusal.Code.CONFLICT,
            "%s must be set: %s does not set it, and Podman requires it for root"
                .formatted(key.substring(key.indexOf('.') + 1), path),
            Optional.of(new SettingPlace(path, 1, "storage")));
      }
    }
    return ownFile(path, file, Optional.empty());
  }

  /**
   * Computes the settings of one of the two processes of a rootless user.
   *
   * @param exported whether XDG_CONFIG_HOME is set: the user's file then replaces the system file
   *     as well
   */
  private StorageDraft rootless(boolean exported) throws StorageRefused {
    boolean own = files.exists(paths.user());
    List<String> inTurn =
        exported && own ? List.of(paths.user()) : List.of(paths.system(), paths.vendor());
    Optional<String> base = inTurn.stream().filter(files::exists).findFirst();
    LegacyOptions below = base.isPresent() ? load(base.get()) : LegacyOptions.none();
    if (!own) {
      base.ifPresent(path -> ignored.shadow(files, inTurn, path));
      return systemFile(base.stream().toList(), below, firstFlag(below));
    }
    ignored.shadow(files, List.of(paths.system(), paths.vendor()), paths.user());
    LegacyOptions user = LegacyOptions.none();
    try {
      user = load(paths.user());
    } catch (StorageRefused e) {
      // Only the defaults apply now: neither the environment nor the system file sets the driver.
      SettingPlace place = e.refusal().place().orElse(new SettingPlace(paths.user(), 1, ""));
      ignored.broken(place, e.refusal().reason());
    }
    return ownFile(paths.user(), user, below.settings().text(KnownKeys.ROOTLESS_STORAGE_PATH));
  }

  private LegacyOptions load(String path) throws StorageRefused {
    return LegacyOptions.of(StorageReader.read(files, path, request.engine()), request);
  }

  /**
   * Returns the only option of a system file that a rootless user of overlay gets: the first flag.
   */
  private List<DriverOption> firstFlag(LegacyOptions system) {
    if (rootlessDriver(system).filter(driver -> driver.value().equals("overlay")).isEmpty()) {
      return List.of();
    }
    return system.options().stream()
        .filter(option -> (option.name() + "=" + option.value()).contains(IgnoreChownErrors.KEY))
        .limit(1)
        .toList();
  }

  /** Returns the driver of a rootless user with a system file; empty if a priority decides. */
  private Optional<Setting> rootlessDriver(LegacyOptions system) {
    Optional<Setting> named =
        LegacyOptions.environmentDriver(request)
            .or(() -> system.driver().filter(known -> ROOTLESS_DRIVERS.contains(known.value())))
            .map(LegacyOptions::withoutTheTwo);
    return named.isPresent() || !system.priority().isEmpty()
        ? named
        : Optional.of(new Setting(usualDriver(system), Optional.empty()));
  }

  /** Returns the driver in use, or the one that the machine supports at first sight. */
  private String usualDriver(LegacyOptions system) {
    if (!request.engine().has(Step.OVERLAY_BY_DEFAULT)) {
      return "vfs";
    }
    String graphroot = folders.of(rootlessPath(system).orElseGet(folders::graphroot)).value();
    return KNOWN_DRIVERS.stream()
        .filter(driver -> request.support().isFolder(graphroot + "/" + driver + "-images"))
        .findFirst()
        .orElse(request.support().rootlessOverlay() ? "overlay" : "vfs");
  }

  private static Optional<Setting> rootlessPath(LegacyOptions file) {
    return file.settings().text(KnownKeys.ROOTLESS_STORAGE_PATH).map(TomlEntry::setting);
  }

  /** Returns what a rootless user gets from a system file: none of its paths. */
  private StorageDraft systemFile(
      List<String> counting, LegacyOptions file, List<DriverOption> reaching)
      throws StorageRefused {
    List<DriverOption> options = new ArrayList<>(reaching);
    LegacyOptions.environmentOptions(request).ifPresent(options::addAll);
    TomlSettings settings = file.settings();
    return draft(
        counting,
        true,
        rootlessPath(file),
        new LegacyOptions(rootlessDriver(file), options, settings));
  }

  /** Returns the settings of a user's own file, or of root's file. */
  private StorageDraft ownFile(String path, LegacyOptions file, Optional<TomlEntry> rootlessPath)
      throws StorageRefused {
    Optional<TomlEntry> graphroot = file.settings().text(KnownKeys.GRAPHROOT);
    if (request.user().rootless()) {
      graphroot =
          graphroot
              .or(() -> file.settings().text(KnownKeys.ROOTLESS_STORAGE_PATH))
              .or(() -> rootlessPath);
    }
    return draft(List.of(path), false, graphroot.map(TomlEntry::setting), file);
  }

  private StorageDraft draft(
      List<String> counting, boolean system, Optional<Setting> graphroot, LegacyOptions file)
      throws StorageRefused {
    Optional<Setting> runroot =
        system ? Optional.empty() : file.settings().text(KnownKeys.RUNROOT).map(TomlEntry::setting);
    Setting graph = folders.of(graphroot.orElseGet(folders::graphroot));
    if (!request.engine().has(Step.RELATIVE_GRAPHROOT)) {
      StorageReader.refuseRelative(graph);
    }
    Optional<Setting> imagestore =
        system
            ? Optional.empty()
            : file.settings().text(KnownKeys.IMAGESTORE).map(TomlEntry::setting);
    StorageReader.refuseImagestore(imagestore, graph);
    return new StorageDraft(
        counting,
        system,
        file.driver(),
        file.priority(),
        folders.absolute(graph),
        folders.absolute(folders.of(runroot.orElseGet(folders::runroot))),
        imagestore,
        file.options(),
        file.settings());
  }
}
