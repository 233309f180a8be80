/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.storage.StorageUser;
import io.cadastre.subid.IdRange;
import java.util.Optional;

/**
 * The user who calls Podman.
 *
 * @param name the login name
 * @param uid the uid; 0 is root
 * @param home the home folder, an absolute path
 */
public record StorageUserJson(Optional<String> name, Optional<Long> uid, Optional<String> home) {
  /**
   * The user.
   *
   * @throws Refused if a field is missing or out of bounds
   */
  StorageUser user() {
    if (name.isEmpty() || uid.isEmpty() || home.isEmpty()) {
      throw refused("user needs a name, a uid and a home");
    }
    if (uid.get() < 0 || uid.get() > IdRange.MAX_ID) {
      throw refused("user.uid is %d: it must lie in 0 to %d".formatted(uid.get(), IdRange.MAX_ID));
    }
    if (!home.get().startsWith("/")) {
      throw refused("user.home must be an absolute path");
    }
    return new StorageUser(name.get(), uid.get(), home.get());
  }

  static Refused refused(String message) {
    return new Refused(RefusalCode.BAD_REQUEST, message);
  }
}
