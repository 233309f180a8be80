/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;

/** F27: root's paths in a file that users read as well, their split, and several files of root. */
final class RootsPathsCases {
  private static final String OVERLAY = "[storage]\ndriver = \"overlay\"\n";

  private RootsPathsCases() {}

  static List<StorageCase> cases() {
    String paths = "graphroot = \"/var/lib/containers/g\"\nrunroot = \"/run/containers/r\"\n";
    StorageCase split =
        StorageCase.of("edition-split")
            .system(OVERLAY)
            .file("/etc/containers/storage.rootful.conf.d/paths.conf", "[storage]\n" + paths);
    StorageCase xdg =
        StorageCase.of("edition-root-xdg")
            .file("@HOME@/conf/containers/storage.conf", OVERLAY + paths)
            .with("XDG_CONFIG_HOME", "@HOME@/conf")
            .asRoot();
    StorageCase both = StorageCase.of("edition-root-vendor").system(OVERLAY + paths).asRoot();
    String other = OVERLAY + paths.replace("/g", "/v");
    String rootless = "rootless_storage_path = \"@HOME@/l\"\n";
    String runroot = "runroot = \"/run/containers/r\"\n";
    return List.of(
        StorageCase.of("edition-roots-paths").system(OVERLAY + paths),
        StorageCase.of("edition-roots-paths-beside").system(OVERLAY + paths + rootless),
        StorageCase.of("edition-roots-runroot").system(OVERLAY + runroot),
        StorageCase.of("edition-roots-paths-hidden").system(OVERLAY + paths).user(OVERLAY),
        split,
        renamed(split.asRoot(), "edition-split-root"),
        xdg,
        renamed(xdg.system(other), "edition-root-xdg-system"),
        renamed(xdg.file(StorageCase.VENDOR, other), "edition-root-xdg-vendor"),
        renamed(xdg.file(StorageCase.VENDOR, OVERLAY), "edition-root-xdg-vendor-bare"),
        both.file(StorageCase.VENDOR, other),
        renamed(both.file(StorageCase.VENDOR, OVERLAY), "edition-root-vendor-bare"),
        renamed(both.file(StorageCase.VENDOR, "[storage\n"), "edition-root-vendor-broken"));
  }

  private static StorageCase renamed(StorageCase made, String name) {
    return new StorageCase(name, made.files(), made.environment(), made.root(), made.session());
  }
}
