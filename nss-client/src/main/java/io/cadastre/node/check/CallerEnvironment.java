/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.FileLook;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment that a user calls Podman with: our own where it is he who calls us, else that of
 * a fresh login. What his shell sets is not seen; so what we are called with about storage counts
 * for him, as a site sets that for everybody (/etc/profile.d).
 */
final class CallerEnvironment {
  private static final String NAMED = "CONTAINERS_STORAGE_CONF";
  private static final String OVERRIDE = "CONTAINERS_STORAGE_CONF_OVERRIDE";
  private static final List<String> OF_STORAGE =
      List.of(NAMED, OVERRIDE, "STORAGE_DRIVER", "STORAGE_OPTS");
  private static final List<String> PATHS = List.of(NAMED, OVERRIDE, "XDG_CONFIG_HOME");

  private CallerEnvironment() {}

  /** Whether it is he who calls us. */
  static boolean isSelf(UserAccount user) {
    return user.name().equals(System.getProperty("user.name"));
  }

  /** Whether it is root who calls us. */
  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** His environment. */
  static Map<String, String> of(HostInspector sight, UserAccount user) {
    return of(sight, user, System.getenv());
  }

  /** His environment, where this is our own. */
  static Map<String, String> of(HostInspector sight, UserAccount user, Map<String, String> ours) {
    Map<String, String> environment = new LinkedHashMap<>();
    if (sight.live() && isSelf(user)) {
      environment.putAll(ours);
    } else {
      if (sight.live()) {
        environment.putAll(ours);
        environment.keySet().retainAll(OF_STORAGE);
      }
      environment.putAll(ofLogin(sight, user));
    }
    // Podman takes a relative path from where it is called, which is where we are.
    Path here = Path.of(System.getProperty("user.dir"));
    for (String path : PATHS) {
      environment.computeIfPresent(
          path, (name, value) -> value.isEmpty() ? value : here.resolve(value).toString());
    }
    return environment;
  }

  private static Map<String, String> ofLogin(HostInspector sight, UserAccount user) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOME", user.home());
    environment.put("USER", user.name());
    // What pam_systemd makes at login; without it Podman makes do with /tmp.
    String runtime = "/run/user/" + user.uid();
    if (sight.glimpse(sight.at(runtime)).filter(FileLook::isFolder).isPresent()) {
      environment.put("XDG_RUNTIME_DIR", runtime);
    }
    return environment;
  }
}
