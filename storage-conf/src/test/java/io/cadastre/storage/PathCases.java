/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;

/** graphroot, runroot, rootless_storage_path and imagestore. */
final class PathCases {
  private PathCases() {}

  static List<StorageCase> cases() {
    List<StorageCase> cases = new ArrayList<>();
    for (String driver : List.of("overlay", "vfs")) {
      cases.addAll(three("graphroot-" + driver, driver, "graphroot = \"@HOME@/g\""));
    }
    cases.addAll(three("runroot", "overlay", "runroot = \"@HOME@/r\""));
    cases.addAll(three("rootless", "overlay", "rootless_storage_path = \"@HOME@/l\""));
    cases.addAll(
        three("both", "overlay", "graphroot = \"@HOME@/g\"\nrootless_storage_path = \"@HOME@/l\""));
    cases.addAll(three("variables", "vfs", "rootless_storage_path = \"$HOME/$UID/$USER\""));
    cases.add(path("user-variable", "graphroot = \"@HOME@/${USER}x$UIDx\"").with("USER", "zoe"));
    cases.add(path("unset", "graphroot = \"@HOME@/a$NOTHING/b\""));
    cases.add(path("all-unset", "graphroot = \"$NOTHING\""));
    cases.add(path("dollars", "graphroot = \"@HOME@/$/$$x/${/}/y\""));
    cases.add(path("open-brace", "graphroot = \"@HOME@/${HOME\""));
    cases.add(path("runtime-variable", "graphroot = \"@HOME@/$XDG_RUNTIME_DIR\""));
    cases.add(path("tilde", "graphroot = \"~/store\""));
    cases.add(path("relative", "graphroot = \"store\""));
    cases.add(path("relative-up", "graphroot = \"../store\""));
    cases.add(path("empty", "graphroot = \"\""));
    cases.add(path("unclean", "graphroot = \"@HOME@//a/./b/../c/\""));
    cases.add(path("link", "graphroot = \"@HOME@/link\""));
    cases.add(path("runroot-relative", "runroot = \"run\""));
    cases.add(path("runroot-link", "runroot = \"@HOME@/link\""));
    cases.add(path("runroot-unset", "runroot = \"$NOTHING\""));
    cases.add(path("imagestore", "graphroot = \"@HOME@/g\"\nimagestore = \"@HOME@/i\""));
    cases.add(path("imagestore-same", "graphroot = \"@HOME@/g\"\nimagestore = \"@HOME@/g\""));
    cases.add(path("imagestore-spelt", "graphroot = \"@HOME@/g\"\nimagestore = \"@HOME@/./g\""));
    cases.add(path("transient", "transient_store = true"));
    cases.add(path("transient-text", "transient_store = \"true\""));
    cases.add(path("priority", "driver = \"\"\ndriver_priority = [\"vfs\", \"overlay\"]"));
    cases.add(path("priority-text", "driver_priority = \"vfs\""));
    cases.add(path("graphroot-number", "graphroot = 1"));
    StorageCase mixed =
        StorageCase.of("path-system-below-user")
            .system("[storage]\ndriver = \"vfs\"\nrootless_storage_path = \"@HOME@/l\"\n")
            .user("[storage]\ndriver = \"overlay\"\n");
    cases.add(mixed);
    cases.add(mixed.later());
    return cases;
  }

  private static StorageCase path(String name, String lines) {
    String driver = lines.startsWith("driver =") ? "" : "driver = \"vfs\"\n";
    return StorageCase.of("path-" + name).user("[storage]\n" + driver + lines + "\n");
  }

  private static List<StorageCase> three(String name, String driver, String lines) {
    String text = FlagCases.driver(driver) + lines + "\n";
    return List.of(
        StorageCase.of("path-user-" + name).user(text),
        StorageCase.of("path-system-" + name).system(text),
        StorageCase.of("path-vendor-" + name).file(StorageCase.VENDOR, text),
        StorageCase.of("path-named-" + name).named(text));
  }
}
