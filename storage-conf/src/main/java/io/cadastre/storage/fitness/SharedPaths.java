/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.Setting;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.Step;
import io.cadastre.storage.StorageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The paths without a variable that a rootless user gets from a system file: the same for all users
 * and for root. In almost every file they are root's, and since {@link Step#MERGED} they apply to
 * users too (podman#29167).
 *
 * @param paths the shared ones of graphroot, runroot and imagestore
 */
record SharedPaths(List<SharedPath> paths) {
  private static final String FIXED =
      "[^#=]*\\b%s[\"']?\\s*=\\s*(\"/[^\"$]*\"|'/[^'$]*')\\s*(#.*)?";

  /**
   * One of the paths.
   *
   * @param key the key in {@code [storage]}
   * @param written the value as it is written, with quotes
   * @param setting the value that Podman uses
   */
  record SharedPath(String key, String written, Setting setting) {}

  static SharedPaths of(SettingsContext settings) {
    StorageRequest request = settings.from().request();
    List<SharedPath> shared = new ArrayList<>();
    if (settings.rootless() && request.engine().has(Step.MERGED)) {
      add(shared, settings, "graphroot", settings.effective().graphroot());
      add(shared, settings, "runroot", settings.effective().runroot());
      settings
          .effective()
          .imagestore()
          .ifPresent(store -> add(shared, settings, "imagestore", store));
    }
    return new SharedPaths(shared);
  }

  private static void add(
      List<SharedPath> shared, SettingsContext settings, String key, Setting path) {
    path.place()
        .filter(place -> SystemFiles.isForAll(settings.from().request(), place))
        .flatMap(settings.from()::line)
        .map(Pattern.compile(FIXED.formatted(key))::matcher)
        .filter(Matcher::matches)
        .ifPresent(line -> shared.add(new SharedPath(key, line.group(1), path)));
  }

  /** Returns whether a setting is one of these paths. */
  boolean has(Optional<SettingPlace> place) {
    return place.isPresent()
        && paths.stream().anyMatch(path -> path.setting().place().equals(place));
  }

  /** Returns {@code KEY PATH} of each path, for a message. */
  String words() {
    return paths.stream()
        .map(path -> path.key() + " " + path.setting().value())
        .collect(Collectors.joining(" and "));
  }

  /** Returns root's drop-in with these paths, which only Podman 6.0 and later reads. */
  String rootsFile() {
    return file(
        SystemFiles.ROOT,
        paths.stream().map(path -> "%s = %s".formatted(path.key(), path.written())).toList());
  }

  /**
   * Returns the users' drop-in that sets none of these paths: an empty text is no path, so that the
   * user's own default applies. Podman before 6.0 reads no drop-in.
   */
  String usersFile() {
    return file(
        SystemFiles.USERS, paths.stream().map(path -> "%s = \"\"".formatted(path.key())).toList());
  }

  private static String file(String path, List<String> lines) {
    return "# %s%n[storage]%n%s".formatted(path, String.join("\n", lines));
  }
}
