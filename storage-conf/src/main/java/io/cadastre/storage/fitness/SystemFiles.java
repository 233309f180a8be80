/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.StoragePaths;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.UnusedSetting;

/** The files of the system that hold settings of root and of every user, and those beside them. */
final class SystemFiles {
  /** The drop-in for root alone. */
  static final String ROOT = "/etc/containers/storage.rootful.conf.d/10-root-paths.conf";

  /** The drop-in for all rootless users. Every drop-in is read after the main file. */
  static final String USERS = "/etc/containers/storage.rootless.conf.d/99-users.conf";

  private SystemFiles() {}

  /** Returns whether the place is in the main file of the administrator or the distribution. */
  static boolean isMain(StorageRequest request, SettingPlace place) {
    return place.source().equals(paths(request).system()) || isVendor(request, place);
  }

  /** Returns whether the place is in the file that the package replaces. */
  static boolean isVendor(StorageRequest request, SettingPlace place) {
    return place.source().equals(paths(request).vendor());
  }

  /** Returns whether the place is in a main file, or in a drop-in for root and users alike. */
  static boolean isForAll(StorageRequest request, SettingPlace place) {
    StoragePaths paths = paths(request);
    return isMain(request, place)
        || place.source().startsWith(paths.system() + ".d/")
        || place.source().startsWith(paths.vendor() + ".d/");
  }

  /**
   * Returns whether a drop-in for rootless users sets the key of a system file anew, as {@link
   * #USERS} does: that is its purpose, and no mistake.
   */
  static boolean isSetForUsers(FileContext context, UnusedSetting setting) {
    return isForAll(context.request(), setting.place())
        && context.request().files().files().stream()
            .filter(file -> file.path().contains(".rootless.conf.d/"))
            .flatMap(file -> file.text().lines())
            .anyMatch(line -> line.strip().startsWith(setting.key()));
  }

  private static StoragePaths paths(StorageRequest request) {
    return StoragePaths.of(request.environment(), request.user());
  }
}
