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
 * Where the files of a user are: what to read before the rules can judge. Files of all editions; a
 * path that does not exist is left out of {@link StorageFiles}.
 *
 * @param vendor the distribution's file
 * @param system the administrator's file
 * @param user the user's own file
 * @param named the file that CONTAINERS_STORAGE_CONF names
 * @param override the file that CONTAINERS_STORAGE_CONF_OVERRIDE names
 * @param dropInFolders folders whose {@code *.conf} files are merged, the first the weakest: a name
 *     in a later folder hides it in an earlier one
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

  /** The paths of a user who calls Podman with this environment. */
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

  /** A path of the environment; a relative one starts in the folder that Podman is called in. */
  private static Optional<String> seen(
      Map<String, String> environment, String variable, String below) {
    Optional<String> folder = Optional.ofNullable(environment.get("PWD"));
    return Optional.ofNullable(environment.get(variable))
        .filter(path -> !path.isEmpty())
        .map(path -> folder.isEmpty() || GoPath.isAbsolute(path) ? path : folder.get() + "/" + path)
        .map(path -> GoPath.clean(path + below));
  }

  /** HOME where it is set and not empty, else what passwd(5) says. */
  static String home(Map<String, String> environment, StorageUser user) {
    String home = environment.getOrDefault("HOME", "");
    return home.isEmpty() ? user.home() : home;
  }

  /** Every main file that may count, whatever the edition. */
  public List<String> mainFiles() {
    List<String> paths = new ArrayList<>(List.of(vendor, system, user));
    named.ifPresent(paths::add);
    override.ifPresent(paths::add);
    return paths;
  }

  /** Go sorts texts by their bytes. */
  static int compareBytes(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
