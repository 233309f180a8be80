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

/** Rules about files: which of them count, and what of them is read. */
final class FileRules {
  /** Read by NERSC's patched Podman alone (podman-hpc); any other passes over it with a warning. */
  private static final String SQUASHMOUNT = "squashmount";

  private static final List<String> STORAGE_PATHS = List.of("graphroot", "rootless_storage_path");

  private FileRules() {}

  static Stream<FindingDraft> refused(FileContext judged) {
    // A flag that is to blame has rules of its own, which say more.
    return judged.judgement().refusal().stream()
        .filter(refusal -> FlagLine.of(judged, refusal.place()).isEmpty())
        .map(
            refusal ->
                FindingDraft.error(
                        "every Podman call of this user fails: " + refusal.reason(),
                        "Mend or remove what it names.")
                    .at(refusal.place()));
  }

  static Stream<FindingDraft> broken(FileContext judged) {
    return judged.judgement().broken().stream()
        .filter(file -> FlagLine.of(judged, Optional.of(file.place())).isEmpty())
        .filter(
            file ->
                !judged
                    .judgement()
                    .refusal()
                    .flatMap(Refusal::place)
                    .equals(Optional.of(file.place())))
        .map(
            file ->
                FindingDraft.error(
                        "Podman complains of this file and does without it: " + file.message(),
                        "Mend the line.")
                    .at(file.place()));
  }

  static Stream<FindingDraft> shadowed(FileContext judged) {
    return judged.judgement().shadowed().stream()
        .map(
            file ->
                FindingDraft.warning(
                        "%s is not read at all: %s counts instead"
                            .formatted(file.path(), file.by()),
                        "Delete what replaces it, or copy into that what of this file has to hold.")
                    .at(new SettingPlace(file.path(), 1, "")));
  }

  static Stream<FindingDraft> overridden(FileContext judged) {
    return judged
        .unused(Why.OVERRIDDEN)
        .filter(FileRules::isNoFlag)
        .filter(setting -> !STORAGE_PATHS.contains(setting.key()))
        .map(
            setting ->
                FindingDraft.warning(
                        "%s is without effect: a later file, another table or the environment says it"
                                .formatted(setting.key())
                            + " again",
                        "Keep the one that is meant. STORAGE_OPTS, once set, replaces all options.")
                    .at(setting.place()));
  }

  static Stream<FindingDraft> otherDriver(FileContext judged) {
    return judged
        .unused(Why.OTHER_DRIVER)
        .filter(FileRules::isNoFlag)
        .map(
            setting ->
                FindingDraft.info(
                        "%s stands in [%s], the table of a driver that is not used"
                            .formatted(setting.key(), setting.place().table()),
                        "Nothing, or move it into the table of the driver that is.")
                    .at(setting.place()));
  }

  static Stream<FindingDraft> unknownKey(FileContext judged) {
    return judged
        .unused(Why.UNKNOWN_KEY)
        .filter(setting -> !setting.key().equals(SQUASHMOUNT))
        .map(
            setting ->
                FindingDraft.warning(
                        "Podman has no key %s in [%s]: it is passed over"
                            .formatted(setting.key(), setting.place().table()),
                        "Correct its spelling or its table (containers-storage.conf(5)), or delete it.")
                    .at(setting.place()));
  }

  static Stream<FindingDraft> squashmount(FileContext judged) {
    return judged.judgement().unused().stream()
        .filter(setting -> setting.key().equals(SQUASHMOUNT))
        .map(
            setting ->
                FindingDraft.info(
                        "squashmount is a site's own addition (podman-hpc): stock Podman passes over it",
                        "Nothing where the patched Podman runs; elsewhere delete it.")
                    .at(setting.place()));
  }

  static Stream<FindingDraft> notForUsers(FileContext judged) {
    return judged
        .unused(Why.NOT_FOR_USERS)
        .filter(FileRules::isNoFlag)
        .map(
            setting ->
                FindingDraft.info(
                        "%s of the system's file does not reach a rootless user of this Podman"
                            .formatted(setting.key()),
                        "Have it in the users' own files, or in the one that"
                            + " CONTAINERS_STORAGE_CONF names.")
                    .at(setting.place()));
  }

  static Stream<FindingDraft> storagePathBesideGraphroot(FileContext judged) {
    return judged.judgement().unused().stream()
        .filter(setting -> STORAGE_PATHS.contains(setting.key()) && setting.why() != Why.EMPTY)
        .filter(setting -> besideTheOther(judged, setting))
        .map(
            setting ->
                FindingDraft.warning(
                        "graphroot and rootless_storage_path are both set, and the editions of Podman"
                            + " differ in which of them counts; here this one does not",
                        "Keep the one that is meant: rootless_storage_path is deprecated.")
                    .at(setting.place()));
  }

  private static boolean besideTheOther(FileContext judged, UnusedSetting setting) {
    String other = STORAGE_PATHS.get(1 - STORAGE_PATHS.indexOf(setting.key()));
    Stream<Optional<SettingPlace>> inForce =
        judged.inForce().map(settings -> settings.effective().graphroot().place());
    Stream<Optional<SettingPlace>> unused =
        judged.judgement().unused().stream()
            .filter(unread -> unread.key().equals(other))
            .map(unread -> Optional.of(unread.place()));
    return Stream.concat(inForce, unused)
        .flatMap(Optional::stream)
        .filter(place -> place.source().equals(setting.place().source()))
        .anyMatch(place -> judged.line(place).filter(line -> line.contains(other)).isPresent());
  }

  private static boolean isNoFlag(UnusedSetting setting) {
    return !setting.key().equals(FlagLine.KEY);
  }
}
