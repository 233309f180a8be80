/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;

/** The settings that the editions judge differently: F9 to F13 of the field's review, and kin. */
final class EditionCases {
  private static final String OVERLAY = "[storage]\ndriver = \"overlay\"\n";
  private static final String ETC = "/etc/containers/";
  private static final String HOME = "@HOME@/.config/containers/storage.conf.d/";

  private EditionCases() {}

  static List<StorageCase> cases() {
    List<StorageCase> cases = new ArrayList<>();
    cases.addAll(masks());
    cases.addAll(imagestores());
    cases.addAll(newerKeys());
    cases.addAll(graphroots());
    cases.addAll(emptyTables());
    return cases;
  }

  /** F9: force_mask without mount_program. */
  private static List<StorageCase> masks() {
    List<StorageCase> cases = new ArrayList<>();
    for (String mask : List.of("shared", "private", "0755", "700")) {
      String text = OVERLAY + "[storage.options.overlay]\nforce_mask = \"%s\"\n".formatted(mask);
      cases.add(StorageCase.of("edition-force-mask-alone-" + mask).user(text));
    }
    String shared = OVERLAY + "[storage.options.overlay]\nforce_mask = \"shared\"\n";
    cases.add(StorageCase.of("edition-force-mask-alone-system").system(shared));
    cases.add(StorageCase.of("edition-force-mask-alone-named").named(shared));
    cases.add(root("edition-force-mask-alone-root", shared));
    cases.add(
        StorageCase.of("edition-force-mask-alone").user(shared + "mountopt = \"nodev\"\n").later());
    cases.add(
        StorageCase.of("edition-force-mask-general")
            .user(OVERLAY + "[storage.options]\nforce_mask = 0o755\n"));
    cases.add(
        StorageCase.of("edition-force-mask-general-program")
            .user(
                OVERLAY
                    + "[storage.options]\nforce_mask = 0o755\n"
                    + "mount_program = \"/usr/bin/fuse-overlayfs\"\n"));
    cases.add(
        StorageCase.of("edition-force-mask-no-driver")
            .user("[storage]\n[storage.options.overlay]\nforce_mask = \"shared\"\n"));
    return cases;
  }

  /** F10, F11, F13: imagestore, in every form and place. */
  private static List<StorageCase> imagestores() {
    List<StorageCase> cases = new ArrayList<>();
    cases.add(imagestore("absolute", "@HOME@/imagestore"));
    cases.add(imagestore("home", "$HOME/imagestore"));
    cases.add(imagestore("braces", "${HOME}/imagestore"));
    cases.add(imagestore("uid", "@HOME@/images-$UID"));
    cases.add(imagestore("tilde", "~/imagestore"));
    cases.add(imagestore("relative", "imagestore"));
    cases.add(imagestore("relative-dot", "./imagestore"));
    cases.add(imagestore("empty", ""));
    cases.add(imagestore("unclean", "@HOME@//a/../imagestore/"));
    cases.add(imagestore("absolute", "@HOME@/imagestore").later());
    cases.add(imagestore("home", "$HOME/imagestore").later());
    String absolute = "imagestore = \"@HOME@/imagestore\"\n";
    String home = "imagestore = \"$HOME/imagestore\"\n";
    cases.add(StorageCase.of("edition-imagestore-system").system(OVERLAY + absolute));
    cases.add(StorageCase.of("edition-imagestore-system-home").system(OVERLAY + home));
    cases.add(StorageCase.of("edition-imagestore-named").named(OVERLAY + absolute));
    cases.add(StorageCase.of("edition-imagestore-named-home").named(OVERLAY + home));
    cases.add(
        StorageCase.of("edition-imagestore-vfs")
            .user((OVERLAY + absolute).replace("overlay", "vfs")));
    cases.add(
        StorageCase.of("edition-imagestore-vfs-home")
            .user((OVERLAY + home).replace("overlay", "vfs")));
    cases.add(
        StorageCase.of("edition-imagestore-vfs-relative")
            .user(OVERLAY.replace("overlay", "vfs") + "imagestore = \"imagestore\"\n"));
    cases.add(
        StorageCase.of("edition-imagestore-options")
            .user(OVERLAY + "[storage.options]\n" + absolute));
    cases.add(
        StorageCase.of("edition-imagestore-options-home")
            .user(OVERLAY + "[storage.options]\n" + home));
    cases.add(root("edition-imagestore-root", OVERLAY + absolute));
    cases.add(root("edition-imagestore-root-home", OVERLAY + home));
    cases.add(
        StorageCase.of("edition-imagestore-dropin")
            .user(OVERLAY)
            .file(HOME + "images.conf", "[storage]\n" + absolute));
    cases.add(
        StorageCase.of("edition-imagestore-dropin-home")
            .user(OVERLAY)
            .file(HOME + "images.conf", "[storage]\n" + home));
    cases.add(
        StorageCase.of("edition-imagestore-dropin-rootless")
            .system(OVERLAY)
            .file(ETC + "storage.rootless.conf.d/images.conf", "[storage]\n" + absolute));
    cases.add(
        StorageCase.of("edition-imagestore-dropin-as-graphroot")
            .user(OVERLAY + "graphroot = \"@HOME@/g\"\n")
            .file(HOME + "images.conf", "[storage]\nimagestore = \"@HOME@/g\"\n"));
    cases.add(
        StorageCase.of("edition-imagestore-default-graphroot")
            .user(OVERLAY + "imagestore = \"@HOME@/.local/share/containers/storage\"\n"));
    return cases;
  }

  private static StorageCase imagestore(String name, String path) {
    return StorageCase.of("edition-imagestore-" + name)
        .user(OVERLAY + "imagestore = \"%s\"\n".formatted(path));
  }

  /** F11: keys that 4.3.1 does not know. */
  private static List<StorageCase> newerKeys() {
    String composefs = OVERLAY + "[storage.options.overlay]\nuse_composefs = \"%s\"\n";
    String transients = OVERLAY + "transient_store = true\n";
    return List.of(
        StorageCase.of("edition-transient").user(transients),
        StorageCase.of("edition-transient-off").user(transients.replace("true", "false")),
        StorageCase.of("edition-transient-text").user(transients.replace("true", "\"true\"")),
        StorageCase.of("edition-transient-system").system(transients),
        StorageCase.of("edition-transient-named").named(transients),
        StorageCase.of("edition-transient").user(transients).later(),
        root("edition-transient-root", transients),
        StorageCase.of("edition-transient-dropin")
            .user(OVERLAY)
            .file(HOME + "a.conf", "[storage]\ntransient_store = true\n"),
        StorageCase.of("edition-composefs").user(composefs.formatted("true")),
        StorageCase.of("edition-composefs-off").user(composefs.formatted("false")),
        StorageCase.of("edition-composefs-wrong").user(composefs.formatted("yes")),
        StorageCase.of("edition-composefs-system").system(composefs.formatted("true")),
        root("edition-composefs-root", composefs.formatted("true")),
        root("edition-composefs-root-off", composefs.formatted("false")),
        StorageCase.of("edition-composefs-general")
            .user(OVERLAY + "[storage.options]\nuse_composefs = \"true\"\n"),
        StorageCase.of("edition-composefs-boolean")
            .user(composefs.formatted("true").replace("\"true\"", "true")),
        StorageCase.of("edition-priority")
            .user("[storage]\ndriver_priority = [\"vfs\", \"overlay\"]\n"),
        StorageCase.of("edition-priority-system")
            .system("[storage]\ndriver_priority = [\"vfs\", \"overlay\"]\n"),
        StorageCase.of("edition-priority-unknown")
            .user("[storage]\ndriver_priority = [\"foo\", \"vfs\"]\n"),
        StorageCase.of("edition-priority-empty").user("[storage]\ndriver_priority = []\n"),
        StorageCase.of("edition-priority-beside-driver")
            .user(OVERLAY + "driver_priority = [\"vfs\"]\n"),
        root("edition-priority-root", "[storage]\ndriver_priority = [\"vfs\"]\n"),
        StorageCase.of("edition-remap")
            .user(OVERLAY + "[storage.options]\nremap-uids = \"0:1:1000\"\n"),
        StorageCase.of("edition-remap-user")
            .user(OVERLAY + "[storage.options]\nremap-user = \"zoe\"\n"),
        StorageCase.of("edition-thinpool-size")
            .user(OVERLAY + "[storage.options.thinpool]\nsize = \"10G\"\n"));
  }

  /** F12: graphroot and its kin, relative and with a tilde. */
  private static List<StorageCase> graphroots() {
    List<StorageCase> cases = new ArrayList<>();
    for (String driver : List.of("overlay", "vfs")) {
      String text = FlagCases.driver(driver) + "graphroot = \"%s\"\n";
      cases.add(path("graphroot-tilde-" + driver, text.formatted("~/containers")));
      cases.add(path("graphroot-relative-" + driver, text.formatted("containers")));
      cases.add(path("graphroot-relative-dot-" + driver, text.formatted("./containers")));
    }
    cases.add(path("rootless-path-relative", OVERLAY + "rootless_storage_path = \"containers\"\n"));
    cases.add(path("rootless-path-tilde", OVERLAY + "rootless_storage_path = \"~/containers\"\n"));
    String system = OVERLAY + "rootless_storage_path = \"containers\"\n";
    cases.add(StorageCase.of("edition-rootless-path-relative-system").system(system));
    cases.add(StorageCase.of("edition-rootless-path-relative-system").system(system).later());
    cases.add(path("runroot-relative-overlay", OVERLAY + "runroot = \"run\"\n"));
    cases.add(path("runroot-tilde", OVERLAY + "runroot = \"~/run\"\n"));
    cases.add(
        root("edition-graphroot-relative-root", OVERLAY)
            .system(OVERLAY + "graphroot = \"containers\"\nrunroot = \"@HOME@/run\"\n"));
    cases.add(
        root("edition-runroot-relative-root", OVERLAY)
            .system(OVERLAY + "graphroot = \"@HOME@/containers\"\nrunroot = \"run\"\n"));
    cases.add(
        StorageCase.of("edition-graphroot-relative")
            .user(OVERLAY + "graphroot = \"containers\"\n")
            .later());
    cases.add(
        StorageCase.of("edition-data-home-relative").user(OVERLAY).with("XDG_DATA_HOME", "data"));
    cases.add(
        StorageCase.of("edition-data-home-tilde").user(OVERLAY).with("XDG_DATA_HOME", "~/data"));
    return cases;
  }

  private static StorageCase path(String name, String text) {
    return StorageCase.of("edition-" + name).user(text);
  }

  /** Empty driver tables, as the distributions' own files have them. */
  private static List<StorageCase> emptyTables() {
    List<StorageCase> cases = new ArrayList<>();
    for (String table : List.of("overlay", "vfs", "btrfs", "zfs", "thinpool", "aufs", "other")) {
      String text = OVERLAY + "[storage.options]\n[storage.options.%s]\n".formatted(table);
      cases.add(StorageCase.of("edition-empty-table-" + table).user(text));
    }
    return cases;
  }

  /** Returns a case of root, with the paths that the older Podmans require. */
  private static StorageCase root(String name, String text) {
    String paths = "graphroot = \"@HOME@/g\"\nrunroot = \"@HOME@/r\"\n";
    return StorageCase.of(name)
        .system(text.replaceFirst("\\[storage]\n", "[storage]\n" + paths))
        .asRoot();
  }
}
