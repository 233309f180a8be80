/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Engine;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StorageJudgement;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageRules;
import io.cadastre.storage.StorageUser;
import io.cadastre.storage.fitness.UpgradeChange.Kind;
import java.util.Map;
import java.util.TreeMap;

/** The files of a node, read by several editions of Podman, for the user zoe and for root. */
record UpgradeScene(Map<String, String> files, Map<String, String> environment) {
  static final String SYSTEM = "/etc/containers/storage.conf";
  static final String VENDOR = "/usr/share/containers/storage.conf";
  static final String USER = "/home/zoe/.config/containers/storage.conf";
  static final String NAMED = "/site/storage.conf";
  static final String STORE = "/home/zoe/.local/share/containers/storage";
  static final StorageUser ZOE = new StorageUser("zoe", 4242, "/home/zoe");
  static final StorageUser ROOT = new StorageUser("root", 0, "/root");

  static UpgradeScene empty() {
    return new UpgradeScene(Map.of(), Map.of());
  }

  static UpgradeScene of(String path, String text) {
    return empty().file(path, text);
  }

  UpgradeScene file(String path, String text) {
    Map<String, String> more = new TreeMap<>(files);
    more.put(path, text);
    UpgradeScene scene = new UpgradeScene(more, environment);
    return path.equals(NAMED) ? scene.with("CONTAINERS_STORAGE_CONF", NAMED) : scene;
  }

  UpgradeScene with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new UpgradeScene(files, more);
  }

  /** Writes the file that a text names in its first line. */
  UpgradeScene written(String text) {
    return file(text.lines().findFirst().orElseThrow().substring("# ".length()), text);
  }

  StorageRequest request(String engine, StorageUser user) {
    Map<String, String> variables = new TreeMap<>(environment);
    variables.put("HOME", user.home());
    if (user.rootless()) {
      variables.put("XDG_RUNTIME_DIR", "/run/user/" + user.uid());
    }
    return new StorageRequest(
        StorageFiles.of(
            files.entrySet().stream()
                .map(file -> new StorageFile(file.getKey(), file.getValue()))
                .toArray(StorageFile[]::new)),
        variables,
        user,
        Engine.of(engine).orElseThrow(),
        Facts.NONE.support(user));
  }

  StorageJudgement judged(String engine, StorageUser user) {
    return StorageRules.judge(request(engine, user));
  }

  EffectiveStorage effective(String engine, StorageUser user) {
    return judged(engine, user).effective().orElseThrow();
  }

  UpgradeDifference difference(String installed, String engine) {
    return difference(installed, engine, ZOE);
  }

  UpgradeDifference difference(String installed, String engine, StorageUser user) {
    return UpgradeDifference.of(
        request(engine, user), Engine.of(installed).orElseThrow(), Facts.NONE);
  }

  /** Returns the only change of this kind. */
  UpgradeChange change(String installed, String engine, Kind kind) {
    UpgradeDifference difference = difference(installed, engine);
    return difference.changes().stream()
        .filter(change -> change.aspect().kind() == kind)
        .reduce(
            (one, other) -> {
              throw new AssertionError("two of " + kind + ": " + difference.changes());
            })
        .orElseThrow(() -> new AssertionError("none of " + kind + ": " + difference.changes()));
  }
}
