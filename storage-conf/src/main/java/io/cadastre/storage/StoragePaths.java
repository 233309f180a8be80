/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The paths of a user's files in both editions: read them all before you ask the rules. {@link
 * StorageFiles} does not have a path that does not exist. Immutable.
 *
 * @param vendor the file of the distribution
 * @param system the file of the administrator
 * @param user the file of the user
 * @param named the file that CONTAINERS_STORAGE_CONF names
 * @param override the file that CONTAINERS_STORAGE_CONF_OVERRIDE names
 * @param dropInFolders the folders of the drop-ins, weakest first: a file name in a later folder
 *     hides the same name in an earlier one
 */
public record StoragePaths(
    String vendor,
    String system,
    String user,
    Optional<String> named,
    Optional<String> override,
    List<String> dropInFolders) {
  static final String NAMED = "CONTAINERS_STORAGE_CONF";
  static final String OVERRIDE = "CONTAINERS_STORAGE_CONF_OVERRIDE";
  private static final String VENDOR = "/usr/share/containers/storage";
  private static final String SYSTEM = "/etc/containers/storage";

  /** Copies the list. */
  public StoragePaths {
    dropInFolders = List.copyOf(dropInFolders);
  }

  /** Returns the paths for a user that calls Podman with this environment. */
  public static StoragePaths of(Map<String, String> environment, StorageUser user) {
    String userFile =
        seen(environment, "XDG_CONFIG_HOME", "/containers/storage.conf")
            .orElseGet(
                () -> GoPath.clean(home(environment, user) + "/.config/containers/storage.conf"));
    List<String> folders = new ArrayList<>();
    for (String main : List.of(VENDOR, SYSTEM)) {
      folders.add(main + ".conf.d");
      folders.add(main + (user.rootless() ? ".rootless" : ".rootful") + ".conf.d");
      if (user.rootless()) {
        folders.add(main + ".rootless.conf.d/" + user.uid());
      }
    }
    folders.add(userFile + ".d");
    return new StoragePaths(
        VENDOR + ".conf",
        SYSTEM + ".conf",
        userFile,
        seen(environment, NAMED, ""),
        seen(environment, OVERRIDE, ""),
        folders);
  }

  /** Returns a path of the environment. A relative path starts in the working folder of Podman. */
  private static Optional<String> seen(
      Map<String, String> environment, String variable, String below) {
    Optional<String> folder = Optional.ofNullable(environment.get("PWD"));
    return Optional.ofNullable(environment.get(variable))
        .filter(path -> !path.isEmpty())
        .map(path -> folder.isEmpty() || GoPath.isAbsolute(path) ? path : folder.get() + "/" + path)
        .map(path -> GoPath.clean(path + below));
  }

  /** Returns HOME if it is set and not empty, else the home folder of passwd(5). */
  static String home(Map<String, String> environment, StorageUser user) {
    String home = environment.getOrDefault("HOME", "");
    return home.isEmpty() ? user.home() : home;
  }

  /** Returns every main file of both editions. */
  public List<String> mainFiles() {
    List<String> paths = new ArrayList<>(List.of(vendor, system, user));
    named.ifPresent(paths::add);
    override.ifPresent(paths::add);
    return paths;
  }

  /** Compares by bytes, as Go does. */
  static int compareBytes(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
