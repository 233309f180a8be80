/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.Refusal;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.ShadowedFile;
import io.cadastre.storage.StoragePaths;
import io.cadastre.storage.UnusedSetting;
import io.cadastre.storage.UnusedSetting.Why;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about files: whether Podman reads them, and which of their settings apply. */
final class FileRules {
  /** A key of NERSC's patched Podman (podman-hpc). Every other Podman ignores it with a warning. */
  private static final String SQUASHMOUNT = "squashmount";

  private FileRules() {}

  static Stream<FindingDraft> refused(FileContext context) {
    // The rules about the flag report a wrong flag.
    return context.judgement().refusal().stream()
        .filter(refusal -> FlagLine.of(context, refusal.place()).isEmpty())
        .map(
            refusal ->
                FindingDraft.error(
                        "every Podman call of this user fails: " + refusal.reason(),
                        "Correct or remove the setting that the message names.")
                    .at(refusal.place()));
  }

  static Stream<FindingDraft> broken(FileContext context) {
    return context.judgement().broken().stream()
        .filter(file -> FlagLine.of(context, Optional.of(file.place())).isEmpty())
        .filter(
            file ->
                !context
                    .judgement()
                    .refusal()
                    .flatMap(Refusal::place)
                    .equals(Optional.of(file.place())))
        .map(
            file ->
                FindingDraft.error(
                        "Podman reports an error in this file and ignores the file: "
                            + file.message(),
                        "Correct the line.")
                    .at(file.place()));
  }

  static Stream<FindingDraft> shadowed(FileContext context) {
    return context.judgement().shadowed().stream()
        .map(file -> shadowed(context, file).at(new SettingPlace(file.path(), 1, "")));
  }

  /** A user's own file is meant to replace the one of the system. */
  private static FindingDraft shadowed(FileContext context, ShadowedFile file) {
    String what = "Podman does not read %s: %s replaces it".formatted(file.path(), file.by());
    StoragePaths paths = StoragePaths.of(context.request().environment(), context.request().user());
    return file.by().equals(paths.user())
        ? FindingDraft.info(
            what, "Nothing if that is meant; else copy the settings that you need into that.")
        : FindingDraft.warning(
            what, "Delete what replaces it, or copy the settings that you need into that.");
  }

  static Stream<FindingDraft> overridden(FileContext context) {
    return context
        .unused(Why.OVERRIDDEN)
        .filter(FileRules::isNoFlag)
        .filter(setting -> !UsersPathRules.STORAGE_PATHS.contains(setting.key()))
        .filter(setting -> !isOverwrittenDriver(context, setting))
        .filter(setting -> !SystemFiles.isSetForUsers(context, setting))
        .map(
            setting ->
                FindingDraft.warning(
                        "%s has no effect: a later file, another table or the environment overrides it"
                            .formatted(setting.key()),
                        "Keep one of the two values. STORAGE_OPTS replaces all options if it is"
                            + " set.")
                    .at(setting.place()));
  }

  static Stream<FindingDraft> otherDriver(FileContext context) {
    return context
        .unused(Why.OTHER_DRIVER)
        .filter(FileRules::isNoFlag)
        .map(
            setting ->
                FindingDraft.info(
                        "%s is in [%s], the table of a driver that is not used"
                            .formatted(setting.key(), setting.place().table()),
                        "Nothing: it applies when that driver is used.")
                    .at(setting.place()));
  }

  static Stream<FindingDraft> unknownKey(FileContext context) {
    return context
        .unused(Why.UNKNOWN_KEY)
        .filter(setting -> !setting.key().equals(SQUASHMOUNT))
        .map(
            setting ->
                FindingDraft.warning(
                        "Podman has no key %s in [%s] and ignores it"
                            .formatted(setting.key(), setting.place().table()),
                        "Correct its spelling or its table (containers-storage.conf(5)), or delete"
                            + " it.")
                    .at(setting.place()));
  }

  static Stream<FindingDraft> squashmount(FileContext context) {
    return context.judgement().unused().stream()
        .filter(setting -> setting.key().equals(SQUASHMOUNT))
        .map(
            setting ->
                FindingDraft.info(
                        "squashmount is a key of the patched podman-hpc: stock Podman ignores it",
                        "Nothing if podman-hpc runs here; else delete it.")
                    .at(setting.place()));
  }

  /** Returns whether the rule about libpod's database reports this driver. */
  private static boolean isOverwrittenDriver(FileContext context, UnusedSetting setting) {
    return setting.key().equals("driver") && context.request().recordedDriver().isPresent();
  }

  static boolean isNoFlag(UnusedSetting setting) {
    return !setting.key().equals(FlagLine.KEY);
  }
}
