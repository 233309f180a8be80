/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.Refusal;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.UnusedSetting;
import io.cadastre.storage.UnusedSetting.Why;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about files: whether Podman reads them, and which of their settings apply. */
final class FileRules {
  /** A key of NERSC's patched Podman (podman-hpc). Every other Podman ignores it with a warning. */
  private static final String SQUASHMOUNT = "squashmount";

  private static final List<String> STORAGE_PATHS = List.of("graphroot", "rootless_storage_path");

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
        .map(
            file ->
                FindingDraft.warning(
                        "Podman does not read %s: %s replaces it".formatted(file.path(), file.by()),
                        "Delete what replaces it, or copy the settings that you need into that.")
                    .at(new SettingPlace(file.path(), 1, "")));
  }

  static Stream<FindingDraft> overridden(FileContext context) {
    return context
        .unused(Why.OVERRIDDEN)
        .filter(FileRules::isNoFlag)
        .filter(setting -> !STORAGE_PATHS.contains(setting.key()))
        .filter(setting -> !SystemFiles.isSetForUsers(context, setting))
        .map(
            setting ->
                FindingDraft.warning(
                        "%s has no effect: a later file, another table or the environment overrides it"
                            .formatted(setting.key()),
                        "Keep one of the two values. STORAGE_OPTS replaces all options if it is set.")
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
                        "Nothing, or move it into the table of the driver that is used.")
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
                        "Correct its spelling or its table (containers-storage.conf(5)), or delete it.")
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

  static Stream<FindingDraft> notForUsers(FileContext context) {
    return context
        .unused(Why.NOT_FOR_USERS)
        .filter(FileRules::isNoFlag)
        .map(
            setting ->
                FindingDraft.info(
                        "%s in the system file has no effect for a rootless user of this Podman"
                            .formatted(setting.key()),
                        "Set it in the users' own files, or in the file that"
                            + " CONTAINERS_STORAGE_CONF names.")
                    .at(setting.place()));
  }

  static Stream<FindingDraft> storagePathBesideGraphroot(FileContext context) {
    return context.judgement().unused().stream()
        .filter(setting -> STORAGE_PATHS.contains(setting.key()) && setting.why() != Why.EMPTY)
        .filter(setting -> besideTheOther(context, setting))
        .map(
            setting ->
                FindingDraft.warning(
                        "graphroot and rootless_storage_path are both set; which one applies depends on the"
                            + " edition of Podman; here this one does not",
                        "Keep one of the two: rootless_storage_path is deprecated.")
                    .at(setting.place()));
  }

  private static boolean besideTheOther(FileContext context, UnusedSetting setting) {
    String other = STORAGE_PATHS.get(1 - STORAGE_PATHS.indexOf(setting.key()));
    Stream<Optional<SettingPlace>> inForce =
        context.inForce().map(settings -> settings.effective().graphroot().place());
    Stream<Optional<SettingPlace>> unused =
        context.judgement().unused().stream()
            .filter(unread -> unread.key().equals(other))
            .map(unread -> Optional.of(unread.place()));
    return Stream.concat(inForce, unused)
        .flatMap(Optional::stream)
        .filter(place -> place.source().equals(setting.place().source()))
        .anyMatch(place -> context.line(place).filter(line -> line.contains(other)).isPresent());
  }

  private static boolean isNoFlag(UnusedSetting setting) {
    return !setting.key().equals(FlagLine.KEY);
  }
}
