/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.FileStat;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment in which a user calls Podman. If the user is the caller of this program, it is
 * the environment of this process, otherwise that of a fresh login. Variables that the user's shell
 * sets are not visible. Variables of this process about storage count for other users too, since a
 * site sets them for all users (/etc/profile.d).
 */
final class CallerEnvironment {
  private static final String NAMED = "CONTAINERS_STORAGE_CONF";
  private static final String OVERRIDE = "CONTAINERS_STORAGE_CONF_OVERRIDE";
  private static final List<String> OF_STORAGE =
      List.of(NAMED, OVERRIDE, "STORAGE_DRIVER", "STORAGE_OPTS");
  private static final List<String> PATHS = List.of(NAMED, OVERRIDE, "XDG_CONFIG_HOME");

  private CallerEnvironment() {}

  /** Whether the user is the caller of this program. */
  static boolean isSelf(UserAccount user) {
    return user.name().equals(System.getProperty("user.name"));
  }

  /** Whether root is the caller of this program. */
  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Returns the environment of a user, as this process and the file tree show it now. */
  static Map<String, String> observe(HostInspector host, UserAccount user) {
    return observe(host, user, System.getenv());
  }

  /** Returns the environment of a user, if {@code ours} is that of this process. */
  static Map<String, String> observe(
      HostInspector host, UserAccount user, Map<String, String> ours) {
    Map<String, String> environment = new LinkedHashMap<>();
    if (host.live() && isSelf(user)) {
      environment.putAll(ours);
    } else {
      if (host.live()) {
        environment.putAll(ours);
        environment.keySet().retainAll(OF_STORAGE);
      }
      environment.putAll(ofLogin(host, user));
    }
    // Podman resolves a relative path against its working directory, which is ours.
    Path here = Path.of(System.getProperty("user.dir"));
    for (String path : PATHS) {
      environment.computeIfPresent(
          path, (name, value) -> value.isEmpty() ? value : here.resolve(value).toString());
    }
    return environment;
  }

  private static Map<String, String> ofLogin(HostInspector host, UserAccount user) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOME", user.home());
    environment.put("USER", user.name());
    // pam_systemd creates it at login; without it Podman uses /tmp.
    String runtime = "/run/user/" + user.uid();
    if (host.tryStat(host.resolve(runtime)).filter(FileStat::isFolder).isPresent()) {
      environment.put("XDG_RUNTIME_DIR", runtime);
    }
    return environment;
  }
}
