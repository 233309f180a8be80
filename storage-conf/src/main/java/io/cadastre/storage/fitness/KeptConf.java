/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Setting;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.StorageEdit;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StoragePaths;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageRules;
import io.cadastre.storage.UnusedSetting.Why;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rewrites the storage.conf that a user has. It keeps every setting with which Podman works, and
 * changes or leaves out only what draws an error, or what libpod's database overrides; the message
 * of the finding becomes a comment. Not thread-safe.
 */
final class KeptConf {
  /** A file has fewer settings; each turn removes one error. */
  private static final int MOST_TURNS = 100;

  private static final String DRIVER = "storage.driver";
  private static final String GRAPHROOT = "storage.graphroot";
  private static final String RUNROOT = "storage.runroot";
  private static final String STORAGE_PATH = "storage.rootless_storage_path";

  /** The rules whose errors mean that graphroot is in a wrong place. */
  private static final Set<StorageRule> MISPLACED =
      Set.of(
          StorageRule.GRAPHROOT_SHARED,
          StorageRule.MOUNTED_NOEXEC,
          StorageRule.NOT_WRITABLE,
          StorageRule.FLAG_MISSING,
          StorageRule.FORCE_MASK_WITHOUT_XATTRS);

  private final StorageRequest request;
  private final Facts facts;
  private final StorageEdit edit;
  private final String target;
  private boolean moved;

  private KeptConf(StorageRequest request, Facts facts, StorageEdit edit, String target) {
    this.request = request;
    this.facts = facts;
    this.edit = edit;
    this.target = target;
  }

  /** Returns the text of the file; empty if the user has none, or nothing in it can be kept. */
  static Optional<String> of(StorageRequest request, Facts facts) {
    List<String> inTurn = mainFiles(request);
    Optional<StorageFile> base =
        inTurn.stream().filter(request.files()::exists).findFirst().flatMap(request.files()::at);
    Optional<StorageEdit> edit =
        base.flatMap(file -> StorageEdit.of(file, request.engine()))
            .filter(tree -> !tree.isEmpty());
    return edit.flatMap(
        tree -> new KeptConf(request, facts, tree, inTurn.get(0)).text(base.orElseThrow().path()));
  }

  /** Returns the files of which the first that exists counts; the first is the one to write. */
  private static List<String> mainFiles(StorageRequest request) {
    StoragePaths paths = StoragePaths.of(request.environment(), request.user());
    if (paths.named().isPresent()) {
      return List.of(paths.named().get());
    }
    return request.user().rootless()
        ? List.of(paths.user(), paths.system(), paths.vendor())
        : List.of(paths.system(), paths.vendor());
  }

  private Optional<String> text(String base) {
    edit.note(RecommendedConf.FIRST_LINE);
    edit.note(
        "The settings of %s are kept; a comment says why one is changed or left out."
            .formatted(base));
    leaveOutOthers(base);
    if (edit.isEmpty()) {
      return Optional.empty();
    }
    if (!request.user().rootless()) {
      setMissing(RUNROOT, LocalFolders.ROOTS_RUNROOT);
      setMissing(GRAPHROOT, LocalFolders.ROOTS_GRAPHROOT);
    }
    Explanation now = explained();
    for (int turn = 0; turn < MOST_TURNS && mended(now); turn++) {
      now = explained();
    }
    // A note moves the lines of the keys: it is written after all are named.
    now.findings().stream()
        .filter(found -> found.finding().severity() != Severity.INFO)
        .map(
            found ->
                "Not changed: %s: %s"
                    .formatted(
                        found.place().flatMap(this::key).orElse(found.finding().subject()),
                        found.finding().message()))
        .toList()
        .forEach(edit::note);
    return Optional.of(edit.text());
  }

  /** Leaves out the settings of a system file that do not reach the user. */
  private void leaveOutOthers(String base) {
    StorageRules.judge(request).unused().stream()
        .filter(setting -> setting.why() == Why.NOT_FOR_USERS)
        .filter(setting -> setting.place().source().equals(base))
        .forEach(
            setting ->
                edit.leaveOut(
                    setting.place().table() + "." + setting.key(),
                    "in %s it does not reach this user".formatted(base)));
  }

  private void setMissing(String name, String value) {
    if (!edit.has(name)) {
      edit.set(name, value, "Podman 4 requires it in root's file.");
    }
  }

  private Explanation explained() {
    return Explanation.of(
        request.withFiles(request.files().with(new StorageFile(target, edit.text()))), facts);
  }

  /** Corrects one finding; returns whether there was one that can be corrected here. */
  private boolean mended(Explanation now) {
    List<StorageFinding> wrong =
        now.findings().stream()
            .filter(
                found ->
                    found.finding().severity() == Severity.ERROR
                        || found.rule() == StorageRule.DRIVER_RECORDED)
            .toList();
    for (StorageFinding found : wrong) {
      if (MISPLACED.contains(found.rule()) && !isAboutRunroot(found)) {
        return moved(now, found);
      }
    }
    // The options of another driver are right once the driver is.
    return Stream.concat(
            wrong.stream().filter(found -> found.rule() == StorageRule.DRIVER_RECORDED),
            wrong.stream().filter(found -> found.rule() != StorageRule.DRIVER_RECORDED))
        .anyMatch(found -> mended(now, found));
  }

  private boolean mended(Explanation now, StorageFinding found) {
    String why = found.finding().message();
    return switch (found.rule()) {
      case DRIVER_RECORDED -> drivenBy(now.judgement().effective(), why);
      case OLD_KERNEL -> setDriver("vfs", why);
      case FLAG_MISSING_WITHOUT_RANGES -> setFlag(now, RecommendedConf.NO_RANGES);
      case FLAG_WRONG_TYPE -> quoted(found, why);
      default -> leftOut(found, why);
    };
  }

  private boolean drivenBy(Optional<EffectiveStorage> effective, String why) {
    return effective.filter(now -> setDriver(now.driver().value(), why)).isPresent();
  }

  private boolean setDriver(String driver, String why) {
    if (edit.is(DRIVER, driver)) {
      return false;
    }
    edit.set(DRIVER, driver, why);
    return true;
  }

  private boolean setFlag(Explanation now, String why) {
    Optional<String> name =
        now.judgement()
            .effective()
            .map(s -> "storage.options.%s.%s".formatted(s.driver().value(), FlagLine.KEY))
            .filter(flag -> !edit.is(flag, "true"));
    name.ifPresent(flag -> edit.set(flag, "true", why));
    return name.isPresent();
  }

  private boolean quoted(StorageFinding found, String why) {
    Optional<String> name = found.place().flatMap(this::key);
    boolean value = found.instead().orElse("").contains("true");
    name.ifPresent(flag -> edit.set(flag, String.valueOf(value), why));
    return name.isPresent();
  }

  private boolean leftOut(StorageFinding found, String why) {
    Optional<String> name =
        found
            .place()
            .filter(place -> place.source().equals(target))
            .flatMap(place -> edit.leaveOut(place.line(), why));
    if (name.equals(Optional.of(DRIVER))) {
      String usual = new LocalFolders(facts).usualDriver();
      boolean refused = found.finding().message().contains(usual);
      setDriver(refused ? "vfs" : usual, why);
    }
    return name.isPresent();
  }

  /** Moves graphroot: away from the place that the file names, then to a local file system. */
  private boolean moved(Explanation now, StorageFinding found) {
    String why = found.finding().message();
    Optional<String> named =
        now.judgement()
            .effective()
            .map(EffectiveStorage::graphroot)
            .flatMap(Setting::place)
            .flatMap(this::key);
    if (named.isPresent() && !moved) {
      edit.leaveOut(named.get(), why);
      if (!request.user().rootless()) {
        moved = true;
        edit.set(GRAPHROOT, LocalFolders.ROOTS_GRAPHROOT, why);
      }
      return true;
    }
    Optional<String> local = new LocalFolders(facts).firstFit();
    if (local.isPresent() && !moved && request.user().rootless()) {
      moved = true;
      edit.set(STORAGE_PATH, local.get() + "/containers-$UID", why);
      return true;
    }
    boolean vfs =
        now.judgement().effective().filter(s -> s.driver().value().equals("vfs")).isPresent();
    return !vfs ? setDriver("vfs", why) : setFlag(now, why);
  }

  private boolean isAboutRunroot(StorageFinding found) {
    return found.rule() == StorageRule.NOT_WRITABLE
        && !found.finding().message().contains("graphroot");
  }

  private Optional<String> key(SettingPlace place) {
    return place.source().equals(target) ? edit.at(place.line()) : Optional.empty();
  }
}
