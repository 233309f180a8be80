/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules since {@link Step#MERGED}: LoadStoreOptions. All files are merged into one. */
final class MergedRules {
  private final StorageRequest request;
  private final StorageFiles files;
  private final StoragePaths paths;
  private final Folders folders;
  private final IgnoredFiles ignored;

  MergedRules(StorageRequest request, IgnoredFiles ignored) {
    this.request = request;
    this.ignored = ignored;
    this.files = request.files();
    this.paths = StoragePaths.of(request.environment(), request.user());
    this.folders = new Folders(request);
  }

  StorageDraft draft() throws StorageRefused {
    folders.refuseMissingRuntimeFolder();
    List<String> counting = counting();
    TomlSettings settings = new TomlSettings();
    for (String path : counting) {
      settings.merge(StorageReader.read(files, path, request.engine()));
    }
    Setting graphroot = graphroot(settings);
    Optional<Setting> imagestore = settings.text(KnownKeys.IMAGESTORE).map(TomlEntry::setting);
    StorageReader.refuseSameFolder(imagestore, graphroot);
    return new StorageDraft(
        counting,
        false,
        LegacyOptions.environmentDriver(request)
            .or(() -> settings.text(KnownKeys.DRIVER).map(TomlEntry::setting))
            .map(LegacyOptions::withoutTheTwo),
        settings.driverPriority(),
        graphroot,
        folders.absolute(
            settings
                .text(KnownKeys.RUNROOT)
                .map(TomlEntry::setting)
                .map(folders::of)
                .orElseGet(folders::runroot)),
        imagestore,
        LegacyOptions.environmentOptions(request).orElseGet(() -> MergedOptions.of(settings)),
        settings);
  }

  private Setting graphroot(TomlSettings settings) {
    Optional<TomlEntry> graphroot = settings.text(KnownKeys.GRAPHROOT);
    if (request.user().rootless()) {
      graphroot = graphroot.or(() -> settings.text(KnownKeys.ROOTLESS_STORAGE_PATH));
    }
    return folders.absolute(
        graphroot.map(TomlEntry::setting).map(folders::of).orElseGet(folders::graphroot));
  }

  private List<String> counting() {
    List<String> counting = new ArrayList<>();
    List<String> mains = new ArrayList<>(List.of(paths.system(), paths.vendor()));
    if (hasUserFolder()) {
      mains.add(0, paths.user());
    }
    if (paths.named().isPresent()) {
      counting.add(paths.named().get());
      ignored.shadow(files, mains, StoragePaths.NAMED);
      paths
          .dropInFolders()
          .forEach(folder -> ignored.shadow(files, files.within(folder), StoragePaths.NAMED));
    } else {
      Optional<String> main = mains.stream().filter(files::exists).findFirst();
      main.ifPresent(
          path -> {
            counting.add(path);
            ignored.shadow(files, mains, path);
          });
      counting.addAll(dropIns());
    }
    paths.override().ifPresent(counting::add);
    return counting;
  }

  /**
   * Returns whether the user has a configuration folder: not with an empty XDG_CONFIG_HOME, unless
   * Podman starts itself again, which sets it.
   */
  private boolean hasUserFolder() {
    return request.session() == PauseProcess.NEW
        || !request.variable("XDG_CONFIG_HOME").equals(Optional.of(""));
  }

  /**
   * Returns the drop-ins in the order of their file names; a later folder hides the same name in an
   * earlier one.
   */
  private List<String> dropIns() {
    Map<String, String> byName = new TreeMap<>(StoragePaths::compareBytes);
    List<String> folders = paths.dropInFolders();
    for (String folder : hasUserFolder() ? folders : folders.subList(0, folders.size() - 1)) {
      for (String path : files.within(folder)) {
        String hidden = byName.put(path.substring(folder.length() + 1), path);
        if (hidden != null) {
          ignored.shadow(hidden, path);
        }
      }
    }
    return List.copyOf(byName.values());
  }
}
