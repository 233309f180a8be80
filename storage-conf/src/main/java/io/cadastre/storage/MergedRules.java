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

/** The rules since 2026: LoadStoreOptions of container-libs. All files are merged into one. */
final class MergedRules {
  private final StorageRequest request;
  private final StorageFiles files;
  private final StoragePaths paths;
  private final Folders folders;
  private final Notes notes;

  MergedRules(StorageRequest request, Notes notes) {
    this.request = request;
    this.notes = notes;
    this.files = request.files();
    this.paths = StoragePaths.of(request.environment(), request.user());
    this.folders = new Folders(request);
  }

  StorageDraft draft() throws StorageRefused {
    List<String> counting = counting();
    TomlSettings settings = new TomlSettings();
    for (String path : counting) {
      settings.merge(StorageReader.read(files, path, request.engine()));
    }
    Setting graphroot = graphroot(settings);
    Optional<Setting> imagestore = settings.text(KnownKeys.IMAGESTORE).map(TomlEntry::setting);
    if (imagestore.isPresent() && imagestore.get().value().equals(graphroot.value())) {
      throw new StorageRefused(
          Refusal.Code.CONFLICT,
          "imagestore %s must either be not set or be different than graphroot"
              .formatted(graphroot.value()),
          imagestore.get().place());
    }
    if (imagestore.isPresent()
        && GoPath.clean(imagestore.get().value()).equals(GoPath.clean(graphroot.value()))) {
      throw new StorageRefused(
          Refusal.Code.CONFLICT,
          "imagestore %s is graphroot in other words: Podman waits for ever for a lock that it holds"
              .formatted(imagestore.get().value()),
          imagestore.get().place());
    }
    return new StorageDraft(
        counting,
        false,
        LegacyOptions.environmentDriver(request)
            .or(() -> settings.text(KnownKeys.DRIVER).map(TomlEntry::setting))
            .map(LegacyOptions::withoutTheTwo),
        settings.list(KnownKeys.DRIVER_PRIORITY).stream().map(TomlEntry::value).toList(),
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
      notes.shadow(files, mains, StoragePaths.NAMED);
      paths
          .dropInFolders()
          .forEach(folder -> notes.shadow(files, files.within(folder), StoragePaths.NAMED));
    } else {
      Optional<String> main = mains.stream().filter(files::exists).findFirst();
      main.ifPresent(
          path -> {
            counting.add(path);
            notes.shadow(files, mains, path);
          });
      counting.addAll(dropIns());
    }
    paths.override().ifPresent(counting::add);
    return counting;
  }

  /**
   * With XDG_CONFIG_HOME set to nothing a user has no folder, unless Podman starts itself again,
   * which sets it.
   */
  private boolean hasUserFolder() {
    return request.session() == PauseProcess.NEW
        || !request.variable("XDG_CONFIG_HOME").equals(Optional.of(""));
  }

  /** By file name; of one name that of the strongest folder. */
  private List<String> dropIns() {
    Map<String, String> byName = new TreeMap<>(StoragePaths::compareBytes);
    List<String> folders = paths.dropInFolders();
    for (String folder : hasUserFolder() ? folders : folders.subList(0, folders.size() - 1)) {
      for (String path : files.within(folder)) {
        String hidden = byName.put(path.substring(folder.length() + 1), path);
        if (hidden != null) {
          notes.shadow(hidden, path);
        }
      }
    }
    return List.copyOf(byName.values());
  }
}
