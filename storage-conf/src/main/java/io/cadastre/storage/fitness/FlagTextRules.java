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

  static Stream<FindingDraft> wrongType(FileContext context) {
    Stream<Optional<SettingPlace>> refused = refusals(context, Code.WRONG_TYPE).map(Refusal::place);
    Stream<Optional<SettingPlace>> broken =
        context.judgement().broken().stream().map(BrokenFile::place).map(Optional::of);
    return Stream.concat(refused, broken)
        .flatMap(place -> FlagLine.of(context, place).stream())
        .distinct()
        .map(
            flag ->
                FindingDraft.error(
                        "%s is %s and must be a string: Podman does not use this file"
                            .formatted(FlagLine.KEY, flag.value()),
                        "Write the value in quotes.")
                    .at(flag.place())
                    .write(FlagLine.saying(flag.value())));
  }

  static Stream<FindingDraft> unparsable(FileContext context) {
    Stream<FindingDraft> refused =
        refusals(context, Code.UNPARSABLE_VALUE)
            .filter(refusal -> FlagLine.of(context, refusal.place()).isPresent())
            .map(
                refusal ->
                    FindingDraft.error(
                            "every Podman call of this user fails: " + refusal.reason(), REMEDY)
                        .at(refusal.place()));
    Stream<FindingDraft> unread =
        unused(context)
            .filter(setting -> !FlagLine.isTruthValue(setting.value()))
            .map(
                setting ->
                    FindingDraft.warning(
                            "\"%s\" is neither true nor false: nothing reads it here, but every Podman call"
                                    .formatted(setting.value())
                                + " that reads it fails",
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
                      ? FindingDraft.info(
                          why, "Nothing: the flag is also set in the place that is read.")
                      : FindingDraft.warning(why, "Move it to the driver's own table."))
                  .at(flag.place())
                  .write("[%s]\n%s".formatted(settings.table(), FlagLine.saying(flag.value())));
            });
  }

  /**
   * Finds the flag in a file that Podman does not read, or that the environment or the edition
   * overrides.
   */
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
                        "the flag is set here, but %s replaces this file and does not set it"
                            .formatted(file.by()),
                        "Set it there, or delete what replaces this file.")
                    .at(flag.place())
                    .write("[%s]\n%s".formatted(settings.table(), FlagLine.saying("true"))));
  }

  private static FindingDraft passedOver(SettingsContext settings, UnusedSetting flag) {
    String table = "[%s]\n%s".formatted(settings.table(), FlagLine.saying("true"));
    if (flag.why() == Why.NOT_FOR_USERS) {
      // The users' own file replaces the one that sets the driver.
      return FindingDraft.warning(
              "this flag in the system file has no effect for a rootless user of this Podman",
              "Set it in the users' own files.")
          .at(flag.place())
          .write("[storage]\ndriver = \"%s\"\n%s".formatted(settings.driver(), table));
    }
    return FindingDraft.warning(
            "the flag is set here, but %s sets it to false"
                .formatted(
                    settings
                        .effective()
                        .ignoreChownErrors()
                        .place()
                        .map(SettingPlace::toString)
                        .orElse("the environment: STORAGE_OPTS replaces all options")),
            "Keep one of the two; in STORAGE_OPTS write %s.%s=true."
                .formatted(settings.driver(), FlagLine.KEY))
        .at(flag.place())
        .write(table);
  }

  private static Stream<Refusal> refusals(FileContext context, Code code) {
    return context.judgement().refusal().stream().filter(refusal -> refusal.code() == code);
  }

  private static Stream<UnusedSetting> unused(FileContext context) {
    return context.judgement().unused().stream()
        .filter(setting -> setting.key().equals(FlagLine.KEY));
  }
}
