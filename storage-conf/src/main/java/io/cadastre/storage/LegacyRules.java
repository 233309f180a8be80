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
 * The rules to 2025: DefaultStoreOptions of containers/storage 1.43, as Podman 4.3.1 calls it. One
 * file counts, but of a system's file a rootless user gets little.
 */
final class LegacyRules {
  private static final Set<String> ROOTLESS_DRIVERS = Set.of("btrfs", "overlay", "overlay2", "vfs");

  private final StorageRequest request;
  private final Notes notes;
  private final StorageFiles files;
  private final StoragePaths paths;
  private final Folders folders;

  LegacyRules(StorageRequest request, Notes notes) {
    this.request = request;
    this.notes = notes;
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
    // Without a pause process Podman starts itself again, with XDG_CONFIG_HOME set: the files have
    // to satisfy both processes, and the second one's answer counts.
    StorageDraft draft = rootless(false);
    return request.session() == PauseProcess.RUNNING ? draft : rootless(true);
  }

  /** The file of CONTAINERS_STORAGE_CONF stands for the system's, but all its options count. */
  private StorageDraft named(String path) throws StorageRefused {
    notes.shadow(files, List.of(paths.vendor(), paths.system(), paths.user()), NAMED);
    LegacyOptions file = load(path);
    return request.user().rootless()
        ? systemFile(List.of(path), file, file.options())
        : rootsFile(path, file);
  }

  private StorageDraft root() throws StorageRefused {
    List<String> inTurn = new ArrayList<>(List.of(paths.system(), paths.vendor()));
    // Root's own folder counts only where the environment names it.
    request.variable("XDG_CONFIG_HOME").ifPresent(folder -> inTurn.add(0, paths.user()));
    Optional<String> path = inTurn.stream().filter(files::exists).findFirst();
    if (path.isEmpty()) {
      return draft(List.of(), false, Optional.empty(), LegacyOptions.none());
    }
    notes.shadow(files, inTurn, path.get());
    return rootsFile(path.get(), load(path.get()));
  }

  private StorageDraft rootsFile(String path, LegacyOptions file) throws StorageRefused {
    for (String key : List.of(KnownKeys.RUNROOT, KnownKeys.GRAPHROOT)) {
      if (file.settings().text(key).isEmpty()) {
        throw new StorageRefused(
            Refusal.Code.CONFLICT,
            "%s must be set: %s names none, and a file of root's has to"
                .formatted(key.substring(key.indexOf('.') + 1), path),
            Optional.of(new SettingPlace(path, 1, "storage")));
      }
    }
    return ownFile(path, file, Optional.empty());
  }

  /**
   * One process of a rootless user's.
   *
   * @param exported whether it finds XDG_CONFIG_HOME set: then the user's file stands for the
   *     system's as well
   */
  private StorageDraft rootless(boolean exported) throws StorageRefused {
    boolean own = files.exists(paths.user());
    List<String> inTurn =
        exported && own ? List.of(paths.user()) : List.of(paths.system(), paths.vendor());
    Optional<String> base = inTurn.stream().filter(files::exists).findFirst();
    LegacyOptions below = base.isPresent() ? load(base.get()) : LegacyOptions.none();
    if (!own) {
      base.ifPresent(path -> notes.shadow(files, inTurn, path));
      return systemFile(base.stream().toList(), below, firstFlag(below));
    }
    notes.shadow(files, List.of(paths.system(), paths.vendor()), paths.user());
    LegacyOptions user = LegacyOptions.none();
    try {
      user = load(paths.user());
    } catch (StorageRefused e) {
      // Only the defaults are left: neither the environment nor the system's driver counts.
      SettingPlace place = e.refusal().place().orElse(new SettingPlace(paths.user(), 1, ""));
      notes.broken(place, e.refusal().reason());
    }
    return ownFile(paths.user(), user, below.settings().text(KnownKeys.ROOTLESS_STORAGE_PATH));
  }

  private LegacyOptions load(String path) throws StorageRefused {
    return LegacyOptions.of(StorageReader.read(files, path, request.engine()), request);
  }

  /** Of all options of a system's file the first flag reaches a rootless user of overlay. */
  private List<DriverOption> firstFlag(LegacyOptions system) {
    if (!rootlessDriver(system).value().equals("overlay")) {
      return List.of();
    }
    return system.options().stream()
        .filter(option -> (option.name() + "=" + option.value()).contains(IgnoreChownErrors.KEY))
        .limit(1)
        .toList();
  }

  private Setting rootlessDriver(LegacyOptions system) {
    return LegacyOptions.environmentDriver(request)
        .or(() -> system.driver().filter(known -> ROOTLESS_DRIVERS.contains(known.value())))
        .map(LegacyOptions::withoutTheTwo)
        .orElse(new Setting("vfs", Optional.empty()));
  }

  /** What a system's file gives a rootless user: not its paths. */
  private StorageDraft systemFile(
      List<String> counting, LegacyOptions file, List<DriverOption> reaching)
      throws StorageRefused {
    List<DriverOption> options = new ArrayList<>(reaching);
    LegacyOptions.environmentOptions(request).ifPresent(options::addAll);
    TomlSettings settings = file.settings();
    return draft(
        counting,
        true,
        settings.text(KnownKeys.ROOTLESS_STORAGE_PATH).map(TomlEntry::setting),
        new LegacyOptions(Optional.of(rootlessDriver(file)), options, settings));
  }

  /** What the user's own file gives him, and root's gives root. */
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
    StorageReader.refuseRelative(graph);
    return new StorageDraft(
        counting,
        system,
        file.driver(),
        List.of(),
        graph,
        folders.absolute(folders.of(runroot.orElseGet(folders::runroot))),
        Optional.empty(),
        file.options(),
        file.settings());
  }
}
