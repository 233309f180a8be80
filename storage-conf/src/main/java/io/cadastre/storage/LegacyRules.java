/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static io.cadastre.storage.StoragePaths.NAMED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules before {@link Step#MERGED}: DefaultStoreOptions of containers/storage. One file
 * applies; a rootless user gets only some settings of a system file.
 */
final class LegacyRules {
  private static final List<String> ROOTS_FOLDERS = List.of(KnownKeys.RUNROOT, KnownKeys.GRAPHROOT);

  private final StorageRequest request;
  private final IgnoredFiles ignored;
  private final StorageFiles files;
  private final StoragePaths paths;
  private final Folders folders;
  private final RootlessDriver drivers;

  LegacyRules(StorageRequest request, IgnoredFiles ignored) {
    this.request = request;
    this.ignored = ignored;
    this.files = request.files();
    this.paths = StoragePaths.of(request.environment(), request.user());
    this.folders = new Folders(request);
    this.drivers = new RootlessDriver(request, folders);
  }

  StorageDraft draft() throws StorageRefused {
    if (request.variable(NAMED).isPresent()) {
      return named(paths.named().orElse(""));
    } else if (!request.user().rootless()) {
      return root();
    } else if (request.filled("XDG_CONFIG_HOME").isPresent()
        || (request.engine().has(Step.CONFIG_HOME_FIRST)
            && request.variable("XDG_CONFIG_HOME").isEmpty())) {
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
        ? systemFile(List.of(path), file, file.options(), imagestore(file))
        : rootsFile(path, file, request.engine().has(Step.NAMED_DEFAULTS), Optional.empty());
  }

  private StorageDraft root() throws StorageRefused {
    // Podman reads root's own file only if the environment names the folder.
    Optional<String> own =
        request.variable("XDG_CONFIG_HOME").map(folder -> paths.user()).filter(files::exists);
    List<String> inTurn = new ArrayList<>(List.of(paths.system(), paths.vendor()));
    boolean etcFirst = request.engine().has(Step.ETC_FOR_ROOT);
    own.ifPresent(file -> inTurn.add(etcFirst ? inTurn.size() : 0, file));
    Optional<String> first = inTurn.stream().filter(files::exists).findFirst();
    if (first.isEmpty()) {
      return draft(List.of(), false, Optional.empty(), LegacyOptions.none(), Optional.empty());
    }
    String path = first.get();
    ignored.shadow(files, inTurn, path);
    // It does not count beside another file, and must be readable all the same.
    Optional<LegacyOptions> below =
        etcFirst && own.isPresent() ? Optional.of(load(own.get())) : Optional.empty();
    if (!etcFirst && !path.equals(paths.vendor()) && files.exists(paths.vendor())) {
      // Podman looks at it first, and stops if it does not set both folders.
      requireRootsFolders(paths.vendor(), load(paths.vendor()), ROOTS_FOLDERS);
    }
    boolean alone = etcFirst && own.equals(first);
    return rootsFile(path, load(path), alone || request.engine().has(Step.ROOT_DEFAULTS), below);
  }

  /**
   * Returns the settings of a file of root.
   *
   * @param defaults whether it need not set both folders
   * @param below the file whose folders apply before the defaults
   */
  private StorageDraft rootsFile(
      String path, LegacyOptions file, boolean defaults, Optional<LegacyOptions> below)
      throws StorageRefused {
    requireRootsFolders(path, file, defaults ? List.of() : ROOTS_FOLDERS);
    return ownFile(path, file, below);
  }

  private static void requireRootsFolders(String path, LegacyOptions file, List<String> keys)
      throws StorageRefused {
    for (String key : keys) {
      if (file.settings().text(key).isEmpty()) {
        throw new StorageRefused(
            Refusal.Code.CONFLICT,
            "%s must be set: %s does not set it, and Podman requires it for root"
                .formatted(key.substring(key.indexOf('.') + 1), path),
            Optional.of(new SettingPlace(path, 1, "storage")));
      }
    }
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
      return systemFile(base.stream().toList(), below, firstFlag(below), Optional.empty());
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
    return ownFile(paths.user(), user, Optional.of(below));
  }

  private LegacyOptions load(String path) throws StorageRefused {
    return LegacyOptions.of(StorageReader.read(files, path, request.engine()), request);
  }

  /**
   * Returns the only option of a system file that a rootless user of overlay gets: the first flag.
   */
  private List<DriverOption> firstFlag(LegacyOptions system) {
    if (drivers.named(system).filter(driver -> driver.value().equals("overlay")).isEmpty()) {
      return List.of();
    }
    return system.options().stream()
        .filter(option -> (option.name() + "=" + option.value()).contains(IgnoreChownErrors.KEY))
        .limit(1)
        .toList();
  }

  private static Optional<Setting> rootlessPath(LegacyOptions file) {
    return setting(file, KnownKeys.ROOTLESS_STORAGE_PATH);
  }

  /** Returns what a rootless user gets from a system file: none of its paths. */
  private StorageDraft systemFile(
      List<String> counting,
      LegacyOptions file,
      List<DriverOption> reaching,
      Optional<Setting> imagestore)
      throws StorageRefused {
    List<DriverOption> options = new ArrayList<>(reaching);
    LegacyOptions.environmentOptions(request).ifPresent(options::addAll);
    TomlSettings settings = file.settings();
    return draft(
        counting,
        true,
        rootlessPath(file),
        new LegacyOptions(drivers.of(file), options, settings),
        imagestore);
  }

  /**
   * Returns the settings of a user's own file, or of root's file.
   *
   * @param below the file whose folders apply before the defaults, as far as they reach the user
   */
  private StorageDraft ownFile(String path, LegacyOptions file, Optional<LegacyOptions> below)
      throws StorageRefused {
    boolean rootless = request.user().rootless();
    Optional<Setting> graphroot = setting(file, KnownKeys.GRAPHROOT);
    if (rootless || request.engine().has(Step.ROOT_DEFAULTS)) {
      graphroot =
          graphroot
              .or(() -> rootlessPath(file))
              .or(() -> below.flatMap(LegacyRules::rootlessPath).filter(known -> rootless))
              .or(() -> below.flatMap(b -> setting(b, KnownKeys.GRAPHROOT)).filter(k -> !rootless));
    }
    return draft(List.of(path), false, graphroot, file, imagestore(file));
  }

  private static Optional<Setting> setting(LegacyOptions file, String key) {
    return file.settings().text(key).map(TomlEntry::setting);
  }

  private static Optional<Setting> imagestore(LegacyOptions file) {
    return setting(file, KnownKeys.IMAGESTORE);
  }

  private StorageDraft draft(
      List<String> counting,
      boolean system,
      Optional<Setting> graphroot,
      LegacyOptions file,
      Optional<Setting> imagestore)
      throws StorageRefused {
    folders.refuseMissingRuntimeFolder();
    Optional<Setting> runroot = system ? Optional.empty() : setting(file, KnownKeys.RUNROOT);
    Setting graph = folders.of(graphroot.orElseGet(folders::graphroot));
    if (!request.engine().has(Step.RELATIVE_GRAPHROOT)) {
      StorageReader.refuseRelative(graph);
    }
    graph = folders.absolute(graph);
    StorageReader.refuseSameFolder(imagestore, graph);
    return new StorageDraft(
        counting,
        system,
        file.driver(),
        file.settings().driverPriority(),
        graph,
        folders.absolute(folders.of(runroot.orElseGet(folders::runroot))),
        imagestore,
        file.options(),
        file.settings());
  }
}
