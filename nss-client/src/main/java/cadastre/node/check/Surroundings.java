/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment that a user calls Podman with: our own where it is he who calls us, else that of
 * a fresh login.
 */
final class Surroundings {
  private Surroundings() {}

  /** Whether it is he who calls us. */
  static boolean isSelf(Account user) {
    return user.name().equals(System.getProperty("user.name"));
  }

  /** His environment. */
  static Map<String, String> of(Sight sight, Account user) {
    if (sight.live() && isSelf(user)) {
      return System.getenv();
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOME", user.home());
    environment.put("USER", user.name());
    // What pam_systemd makes at login; without it Podman makes do with /tmp.
    String runtime = "/run/user/" + user.uid();
    if (Files.isDirectory(sight.at(runtime))) {
      environment.put("XDG_RUNTIME_DIR", runtime);
    }
    return environment;
  }
}
