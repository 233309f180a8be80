/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;

/** STORAGE_DRIVER, STORAGE_OPTS, XDG_* and CONTAINERS_STORAGE_CONF, with and without files. */
final class EnvironmentCases {
  private static final String OVERLAY = FlagCases.text("overlay", "", "\"true\"");
  private static final String VFS = FlagCases.text("vfs", ".vfs", "\"true\"");
  private static final String BROKEN = "[storage\n";

  private EnvironmentCases() {}

  static List<StorageCase> cases() {
    List<StorageCase> cases = new ArrayList<>();
    for (StorageCase file :
        List.of(
            StorageCase.of("environment-none"),
            StorageCase.of("environment-user").user(OVERLAY),
            StorageCase.of("environment-user-vfs").user(VFS),
            StorageCase.of("environment-system").system(OVERLAY),
            StorageCase.of("environment-named").named(OVERLAY))) {
      cases.addAll(of(file));
    }
    cases.add(StorageCase.of("named-empty").with("CONTAINERS_STORAGE_CONF", ""));
    cases.add(StorageCase.of("named-missing").with("CONTAINERS_STORAGE_CONF", "/nowhere/x.conf"));
    cases.add(StorageCase.of("named-folder").with("CONTAINERS_STORAGE_CONF", "/tmp/store/a"));
    cases.add(StorageCase.of("named-broken").named(BROKEN));
    cases.add(StorageCase.of("named-hides-broken").system(BROKEN).user(BROKEN).named(OVERLAY));
    cases.add(xdg("config", OVERLAY));
    cases.add(xdg("config-broken", BROKEN));
    cases.add(xdg("config-broken", BROKEN).later());
    cases.add(xdg("config-over-system", VFS).system(OVERLAY));
    cases.add(xdg("config-over-home", VFS).user(OVERLAY));
    // In the home: a Podman without netavark makes the folder, for CNI's lock.
    cases.add(
        StorageCase.of("xdg-config-missing")
            .user(OVERLAY)
            .with("XDG_CONFIG_HOME", "@HOME@/nowhere"));
    cases.add(StorageCase.of("xdg-config-empty").user(OVERLAY).with("XDG_CONFIG_HOME", ""));
    cases.add(StorageCase.of("xdg-config-empty").user(BROKEN).with("XDG_CONFIG_HOME", "").later());
    cases.add(StorageCase.of("xdg-data").user(OVERLAY).with("XDG_DATA_HOME", "@HOME@/data"));
    cases.add(StorageCase.of("xdg-data-empty").user(OVERLAY).with("XDG_DATA_HOME", ""));
    cases.add(
        StorageCase.of("xdg-data-variable").user(OVERLAY).with("XDG_DATA_HOME", "@HOME@/$UID"));
    cases.add(
        StorageCase.of("xdg-data-system").system(OVERLAY).with("XDG_DATA_HOME", "@HOME@/data"));
    return cases;
  }

  private static StorageCase xdg(String name, String text) {
    return StorageCase.of("xdg-" + name)
        .file("@HOME@/conf/containers/storage.conf", text)
        .with("XDG_CONFIG_HOME", "@HOME@/conf");
  }

  private static List<StorageCase> of(StorageCase file) {
    List<StorageCase> cases = new ArrayList<>();
    cases.add(file);
    cases.add(file.later());
    for (String driver : List.of("", "vfs", "overlay", "overlay2", "foo")) {
      cases.add(variables(file, "driver-" + driver, "STORAGE_DRIVER", driver));
    }
    cases.add(options(file, "empty", ""));
    cases.add(options(file, "overlay", "overlay.ignore_chown_errors=1"));
    cases.add(options(file, "vfs", "vfs.ignore_chown_errors=true"));
    cases.add(options(file, "dot", ".ignore_chown_errors=true"));
    cases.add(options(file, "bare", "ignore_chown_errors=true"));
    cases.add(options(file, "upper", "OVERLAY.Ignore_Chown_Errors=true"));
    cases.add(options(file, "two", "overlay.mountopt=nodev,overlay.ignore_chown_errors=0"));
    cases.add(options(file, "again", "overlay.ignore_chown_errors=1,.ignore_chown_errors=0"));
    cases.add(options(file, "other", "overlay.mountopt=nodev"));
    cases.add(options(file, "wrong", "overlay.ignore_chown_errors=yes"));
    cases.add(options(file, "unknown", "overlay.nothing=1"));
    cases.add(options(file, "no-value", "overlay.mountopt"));
    cases.add(options(file, "blanks", " overlay.ignore_chown_errors = true "));
    cases.add(options(file, "foreign", "foo.ignore_chown_errors=true"));
    cases.add(
        options(file, "with-driver", "vfs.ignore_chown_errors=1").with("STORAGE_DRIVER", "vfs"));
    return cases;
  }

  private static StorageCase options(StorageCase file, String name, String value) {
    return variables(file, "opts-" + name, "STORAGE_OPTS", value);
  }

  private static StorageCase variables(
      StorageCase file, String name, String variable, String value) {
    return new StorageCase(
            file.name() + "-" + name, file.files(), file.environment(), false, PauseProcess.NEW)
        .with(variable, value);
  }
}
