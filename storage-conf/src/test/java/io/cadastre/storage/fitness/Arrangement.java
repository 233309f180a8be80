/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.DriverOption;
import io.cadastre.storage.DriverSupport;
import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Engine;
import io.cadastre.storage.IgnoreChownErrors;
import io.cadastre.storage.Refusal;
import io.cadastre.storage.Release;
import io.cadastre.storage.Setting;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.ShadowedFile;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StorageJudgement;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageUser;
import io.cadastre.storage.UnusedSetting;
import io.cadastre.storage.UnusedSetting.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The storage settings of the user zoe for tests, with graphroot in the home folder and an empty
 * file at first. Every call adds a line to the user's file.
 */
final class Arrangement {
  static final String MAIN = "/home/zoe/.config/containers/storage.conf";
  static final String SYSTEM = "/etc/containers/storage.conf";
  static final String FLAG = "ignore_chown_errors";

  private final List<String> lines = new ArrayList<>();
  private final List<DriverOption> options = new ArrayList<>();
  private final List<UnusedSetting> unused = new ArrayList<>();
  private final List<ShadowedFile> shadowed = new ArrayList<>();
  private final List<Setting> stores = new ArrayList<>();
  private final List<StorageFile> files = new ArrayList<>();
  private Setting driver = new Setting("overlay", Optional.empty());
  private Setting graphroot = at("/home/zoe/.local/share/containers/storage");
  private Setting runroot = at("/run/user/1000/containers");
  private Optional<Refusal> refusal = Optional.empty();
  private IgnoreChownErrors flag = new IgnoreChownErrors(false, Optional.empty(), Optional.empty());
  private long uid = 1000;
  private Engine engine = Engine.LEGACY;

  private static Setting at(String path) {
    return new Setting(path, Optional.empty());
  }

  private SettingPlace line(String table, String text) {
    lines.add(text);
    return new SettingPlace(MAIN, lines.size(), table);
  }

  private Setting setting(String key, String value) {
    return new Setting(value, Optional.of(line("storage", "%s = \"%s\"".formatted(key, value))));
  }

  Arrangement driver(String name) {
    driver = setting("driver", name);
    return this;
  }

  Arrangement graphroot(String path) {
    graphroot = setting("graphroot", path);
    return this;
  }

  Arrangement runroot(String path) {
    runroot = setting("runroot", path);
    return this;
  }

  Arrangement imageStore(String path) {
    stores.add(setting("additionalimagestores", path));
    return this;
  }

  /** Sets the flag in the table of the driver, where Podman reads it. */
  Arrangement flag(String value) {
    option(FLAG, value);
    DriverOption said = options.get(options.size() - 1);
    flag =
        new IgnoreChownErrors(
            value.equals("true"), Optional.of(said.name()), Optional.of(said.place()));
    return this;
  }

  /** Sets an option of the driver. */
  Arrangement option(String key, String value) {
    Setting said = setting(key, value);
    options.add(new DriverOption(driver.value() + "." + key, value, said.place().orElseThrow()));
    return this;
  }

  /** Adds a setting without effect. */
  Arrangement unused(String table, String key, String value, Why why) {
    SettingPlace place = line(table, "%s = \"%s\"".formatted(key, value));
    unused.add(new UnusedSetting(key, value, place, why));
    return this;
  }

  /** Adds a system file with this text, which the user's file replaces. */
  Arrangement shadowing(String text) {
    files.add(new StorageFile(SYSTEM, text));
    shadowed.add(new ShadowedFile(SYSTEM, MAIN));
    return this;
  }

  /** Adds a line that makes every call of Podman fail. */
  Arrangement refused(Refusal.Code code, String line, String reason) {
    refusal = Optional.of(new Refusal(code, reason, Optional.of(line("storage.options", line))));
    return this;
  }

  Arrangement by(Release release) {
    engine = release.engine();
    return this;
  }

  Arrangement ofRoot() {
    uid = 0;
    return this;
  }

  StorageRequest request() {
    List<StorageFile> all = new ArrayList<>(files);
    all.add(new StorageFile(MAIN, String.join("\n", lines)));
    return new StorageRequest(
        StorageFiles.of(all.toArray(StorageFile[]::new)),
        Map.of(),
        new StorageUser("zoe", uid, "/home/zoe"),
        engine,
        DriverSupport.usual());
  }

  List<StorageFinding> findings(Facts facts) {
    EffectiveStorage effective =
        new EffectiveStorage(
            List.of(MAIN), driver, graphroot, runroot, Optional.empty(), stores, options, flag);
    return StorageFindings.of(
        request(),
        new StorageJudgement(refusal, Optional.of(effective), unused, shadowed, List.of()),
        facts);
  }
}
