/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;

/** Several files at once, drop-ins, and root. */
final class FileCases {
  private static final String OVERLAY = FlagCases.text("overlay", "", "\"true\"");
  private static final String VFS = FlagCases.text("vfs", "", "\"false\"");
  private static final String BROKEN = "[storage\n";
  private static final String FLAG = "[storage.options]\nignore_chown_errors = \"1\"\n";
  private static final String STORE = "[storage.options]\nadditionalimagestores = [%s]\n";
  private static final String ETC = "/etc/containers/";
  private static final String SHARE = "/usr/share/containers/";
  private static final String HOME = "@HOME@/.config/containers/storage.conf.d/";

  private FileCases() {}

  static List<StorageCase> cases() {
    List<StorageCase> cases = new ArrayList<>();
    cases.addAll(several());
    cases.addAll(dropIns());
    cases.addAll(root());
    return cases;
  }

  private static List<StorageCase> several() {
    StorageCase brokenUser = StorageCase.of("files-broken-user").user(BROKEN).system(VFS);
    StorageCase brokenSystem = StorageCase.of("files-broken-system").user(OVERLAY).system(BROKEN);
    StorageCase both = StorageCase.of("files-user-system").user(VFS).system(OVERLAY);
    return List.of(
        both,
        both.later(),
        brokenUser,
        brokenUser.later(),
        brokenSystem,
        brokenSystem.later(),
        StorageCase.of("files-empty-user").user("").system(VFS),
        StorageCase.of("files-vendor").file(StorageCase.VENDOR, VFS),
        StorageCase.of("files-vendor-overlay").file(StorageCase.VENDOR, OVERLAY),
        StorageCase.of("files-vendor-broken").file(StorageCase.VENDOR, BROKEN),
        StorageCase.of("files-system-vendor").system(OVERLAY).file(StorageCase.VENDOR, BROKEN),
        StorageCase.of("files-system-empty").system("").file(StorageCase.VENDOR, VFS),
        StorageCase.of("files-nersc")
            .system(
                """
                [storage]
                driver = "overlay"
                graphroot = "/nowhere/g"
                [storage.options]
                additionalimagestores = ["/nowhere/store"]
                mount_program = "/nowhere/fuse-overlayfs-wrap"
                ignore_chown_errors = "true"
                """));
  }

  private static List<StorageCase> dropIns() {
    return List.of(
        StorageCase.of("dropin-user").user(OVERLAY).file(HOME + "10-a.conf", VFS),
        StorageCase.of("dropin-alone").file(HOME + "10-a.conf", VFS),
        StorageCase.of("dropin-system")
            .user("[storage]\n")
            .file(ETC + "storage.conf.d/a.conf", VFS),
        StorageCase.of("dropin-rootless").file(ETC + "storage.rootless.conf.d/a.conf", VFS),
        StorageCase.of("dropin-rootful").file(ETC + "storage.rootful.conf.d/a.conf", BROKEN),
        StorageCase.of("dropin-uid").file(ETC + "storage.rootless.conf.d/4242/a.conf", VFS),
        StorageCase.of("dropin-other-uid").file(ETC + "storage.rootless.conf.d/1/a.conf", VFS),
        StorageCase.of("dropin-vendor").file(SHARE + "storage.conf.d/a.conf", VFS),
        StorageCase.of("dropin-order")
            .file(HOME + "10.conf", OVERLAY)
            .file(ETC + "storage.conf.d/20.conf", VFS),
        StorageCase.of("dropin-hidden")
            .file(SHARE + "storage.conf.d/a.conf", BROKEN)
            .file(ETC + "storage.conf.d/a.conf", VFS),
        StorageCase.of("dropin-hidden-by-uid")
            .file(ETC + "storage.rootless.conf.d/a.conf", BROKEN)
            .file(ETC + "storage.rootless.conf.d/4242/a.conf", VFS),
        StorageCase.of("dropin-name")
            .file(ETC + "storage.conf.d/a.txt", BROKEN)
            .file(ETC + "storage.conf.d/.conf", FLAG),
        StorageCase.of("dropin-broken").file(ETC + "storage.conf.d/a.conf", BROKEN),
        StorageCase.of("dropin-type")
            .user(OVERLAY)
            .file(ETC + "storage.conf.d/a.conf", FLAG.replace("\"1\"", "true")),
        StorageCase.of("dropin-bytes")
            .file(ETC + "storage.conf.d/Z.conf", VFS)
            .file(ETC + "storage.conf.d/a.conf", OVERLAY),
        StorageCase.of("dropin-empties").user(OVERLAY).file(HOME + "a.conf", FLAG.replace("1", "")),
        StorageCase.of("dropin-named").named(OVERLAY).file(HOME + "a.conf", BROKEN),
        StorageCase.of("dropin-replaces")
            .user("[storage]\ndriver=\"overlay\"\n" + STORE.formatted("\"/tmp/store/a\""))
            .file(HOME + "a.conf", STORE.formatted("\"/tmp/store/b\"")),
        StorageCase.of("dropin-appends")
            .user("[storage]\ndriver=\"overlay\"\n" + STORE.formatted("\"/nowhere\""))
            .file(HOME + "a.conf", STORE.formatted("\"/tmp/store/b\", {append=true}")),
        StorageCase.of("dropin-appends-on")
            .user(
                "[storage]\ndriver=\"overlay\"\n"
                    + STORE.formatted("\"/tmp/store/a\",{append=true}"))
            .file(HOME + "a.conf", STORE.formatted("\"/nowhere\""))
            .file(HOME + "b.conf", STORE.formatted("{append=false}, \"/tmp/store/b\"")),
        StorageCase.of("dropin-append-wrong").user(STORE.formatted("{append=\"true\"}")),
        StorageCase.of("dropin-append-unknown").user(STORE.formatted("{add=true}")),
        override("override").user(OVERLAY).file("@HOME@/over.conf", VFS),
        override("override-alone").file("@HOME@/over.conf", VFS),
        override("override-missing").user(OVERLAY),
        override("override-broken").user(OVERLAY).file("@HOME@/over.conf", BROKEN),
        override("override-named").named(OVERLAY).file("@HOME@/over.conf", FLAG.replace("1", "0")),
        StorageCase.of("override-empty")
            .user(OVERLAY)
            .with("CONTAINERS_STORAGE_CONF_OVERRIDE", ""));
  }

  private static StorageCase override(String name) {
    return StorageCase.of(name).with("CONTAINERS_STORAGE_CONF_OVERRIDE", "@HOME@/over.conf");
  }

  private static List<StorageCase> root() {
    String paths = "runroot = \"/run/containers/r\"\ngraphroot = \"/var/lib/containers/g\"\n";
    String whole = "[storage]\ndriver = \"overlay\"\n" + paths + FLAG;
    return List.of(
        StorageCase.of("root-nothing").asRoot(),
        StorageCase.of("root-system").system(whole).asRoot(),
        StorageCase.of("root-vfs").system(whole.replace("overlay", "vfs")).asRoot(),
        StorageCase.of("root-no-paths").system(OVERLAY).asRoot(),
        StorageCase.of("root-vendor").file(StorageCase.VENDOR, whole).asRoot(),
        StorageCase.of("root-no-driver").system("[storage]\n" + paths).asRoot(),
        StorageCase.of("root-rootless-path")
            .system("[storage]\nrootless_storage_path=\"/nowhere\"\n" + paths)
            .asRoot(),
        StorageCase.of("root-named").named(OVERLAY).asRoot(),
        StorageCase.of("root-named-paths").named(whole).asRoot(),
        StorageCase.of("root-broken").system(BROKEN).asRoot(),
        StorageCase.of("root-boolean").system(whole.replace("\"1\"", "true")).asRoot(),
        StorageCase.of("root-driver").system(whole).with("STORAGE_DRIVER", "vfs").asRoot(),
        StorageCase.of("root-opts")
            .system(whole)
            .with("STORAGE_OPTS", "overlay.mountopt=nodev")
            .asRoot(),
        StorageCase.of("root-opts-nothing")
            .with("STORAGE_OPTS", "overlay.ignore_chown_errors=1")
            .asRoot(),
        StorageCase.of("root-driver-nothing").with("STORAGE_DRIVER", "vfs").asRoot(),
        StorageCase.of("root-xdg")
            .system(BROKEN)
            .file("@HOME@/conf/containers/storage.conf", whole)
            .with("XDG_CONFIG_HOME", "@HOME@/conf")
            .asRoot(),
        StorageCase.of("root-dropin").file(ETC + "storage.rootful.conf.d/a.conf", whole).asRoot(),
        StorageCase.of("root-dropin-rootless")
            .file(ETC + "storage.rootless.conf.d/a.conf", BROKEN)
            .asRoot(),
        StorageCase.of("root-btrfs").system(whole.replace("overlay", "btrfs")).asRoot(),
        StorageCase.of("root-size")
            .system(whole.replace("ignore_chown_errors = \"1\"", "size = \"1G\""))
            .asRoot());
  }
}
