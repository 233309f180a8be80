/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.BrokenFile;
import io.cadastre.storage.Refusal;
import io.cadastre.storage.Refusal.Code;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.ShadowedFile;
import io.cadastre.storage.UnusedSetting;
import io.cadastre.storage.UnusedSetting.Why;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about how ignore_chown_errors is written: its type, its value, its table, its file. */
final class FlagTextRules {
  private static final String REMEDY = "Write \"true\" or \"false\".";

  private FlagTextRules() {}

  static Stream<FindingDraft> wrongType(FileContext judged) {
    Stream<Optional<SettingPlace>> refused = refusals(judged, Code.WRONG_TYPE).map(Refusal::place);
    Stream<Optional<SettingPlace>> broken =
        judged.judgement().broken().stream().map(BrokenFile::place).map(Optional::of);
    return Stream.concat(refused, broken)
        .flatMap(place -> FlagLine.of(judged, place).stream())
        .distinct()
        .map(
            flag ->
                FindingDraft.error(
                        "%s is %s, and has to be a string: Podman does not use this file"
                            .formatted(FlagLine.KEY, flag.value()),
                        "Put it in quotes.")
                    .at(flag.place())
                    .write(FlagLine.saying(flag.value())));
  }

  static Stream<FindingDraft> unparsable(FileContext judged) {
    Stream<FindingDraft> refused =
        refusals(judged, Code.UNPARSABLE_VALUE)
            .filter(refusal -> FlagLine.of(judged, refusal.place()).isPresent())
            .map(
                refusal ->
                    FindingDraft.error(
                            "every Podman call of this user fails: " + refusal.reason(), REMEDY)
                        .at(refusal.place()));
    Stream<FindingDraft> unread =
        unused(judged)
            .filter(setting -> !FlagLine.isTruthValue(setting.value()))
            .map(
                setting ->
                    FindingDraft.warning(
                            "\"%s\" is neither true nor false; nobody reads it here, but where somebody"
                                    .formatted(setting.value())
                                + " does, every Podman call fails",
                            REMEDY)
                        .at(setting.place()));
    return Stream.concat(refused, unread).map(found -> found.write(FlagLine.saying("true")));
  }

  static Stream<FindingDraft> wrongTable(SettingsContext settings) {
    boolean set = settings.effective().ignoreChownErrors().value();
    return unused(settings.from())
        .filter(flag -> flag.why() == Why.OTHER_DRIVER || flag.why() == Why.UNKNOWN_KEY)
        .filter(flag -> settings.knowsFlag())
        .map(
            flag -> {
              String why =
                  "driver %s does not read [%s]".formatted(settings.driver(), flag.place().table());
              return (set
                      ? FindingDraft.info(why, "Nothing: the flag is set where it is read, too.")
                      : FindingDraft.warning(why, "Move it to the driver's own table."))
                  .at(flag.place())
                  .write("[%s]\n%s".formatted(settings.table(), FlagLine.saying(flag.value())));
            });
  }

  /** A flag in a file that another replaces, or that the environment or the edition passes over. */
  static Stream<FindingDraft> shadowed(SettingsContext settings) {
    if (settings.effective().ignoreChownErrors().value()) {
      return Stream.empty();
    }
    Stream<FindingDraft> files =
        settings.from().judgement().shadowed().stream().flatMap(file -> inFile(settings, file));
    Stream<FindingDraft> lines =
        unused(settings.from())
            .filter(flag -> flag.why() == Why.OVERRIDDEN || flag.why() == Why.NOT_FOR_USERS)
            .filter(flag -> FlagLine.isTrue(flag.value()))
            .map(flag -> passedOver(settings, flag));
    return Stream.concat(files, lines);
  }

  private static Stream<FindingDraft> inFile(SettingsContext settings, ShadowedFile file) {
    return settings.from().request().files().at(file.path()).stream()
        .flatMap(text -> FlagLine.all(text).stream())
        .filter(flag -> FlagLine.isTrue(flag.value()))
        .map(
            flag ->
                FindingDraft.warning(
                        "the flag is set here, but %s counts instead, and does not set it"
                            .formatted(file.by()),
                        "Set it there, or delete what replaces this file.")
                    .at(flag.place())
                    .write("[%s]\n%s".formatted(settings.table(), FlagLine.saying("true"))));
  }

  private static FindingDraft passedOver(SettingsContext settings, UnusedSetting flag) {
    FindingDraft found =
        flag.why() == Why.NOT_FOR_USERS
            ? FindingDraft.warning(
                "this flag of the system's file does not reach a rootless user of this Podman",
                "Set it in the users' own files.")
            : FindingDraft.warning(
                "the flag is set here, and set again to false by %s"
                    .formatted(
                        settings
                            .effective()
                            .ignoreChownErrors()
                            .place()
                            .map(SettingPlace::toString)
                            .orElse("the environment: STORAGE_OPTS replaces all options")),
                "Keep the one that is meant; in STORAGE_OPTS say %s.%s=true."
                    .formatted(settings.driver(), FlagLine.KEY));
    return found
        .at(flag.place())
        .write("[%s]\n%s".formatted(settings.table(), FlagLine.saying("true")));
  }

  private static Stream<Refusal> refusals(FileContext judged, Code code) {
    return judged.judgement().refusal().stream().filter(refusal -> refusal.code() == code);
  }

  private static Stream<UnusedSetting> unused(FileContext judged) {
    return judged.judgement().unused().stream()
        .filter(setting -> setting.key().equals(FlagLine.KEY));
  }
}
