/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.subid.fitness;

import cadastre.subid.storage.BrokenFile;
import cadastre.subid.storage.Place;
import cadastre.subid.storage.Refusal;
import cadastre.subid.storage.Refusal.Code;
import cadastre.subid.storage.ShadowedFile;
import cadastre.subid.storage.UnusedSetting;
import cadastre.subid.storage.UnusedSetting.Why;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about how ignore_chown_errors is written: its type, its value, its table, its file. */
final class FlagTextRules {
  private static final String REMEDY = "Write \"true\" or \"false\".";

  private FlagTextRules() {}

  static Stream<Judged> wrongType(Case judged) {
    Stream<Optional<Place>> refused = refusals(judged, Code.WRONG_TYPE).map(Refusal::place);
    Stream<Optional<Place>> broken =
        judged.judgement().broken().stream().map(BrokenFile::place).map(Optional::of);
    return Stream.concat(refused, broken)
        .flatMap(place -> FlagLine.of(judged, place).stream())
        .distinct()
        .map(
            flag ->
                Judged.error(
                        "%s is %s, and has to be a string: Podman does not use this file"
                            .formatted(FlagLine.KEY, flag.value()),
                        "Put it in quotes.")
                    .at(flag.place())
                    .write(FlagLine.saying(flag.value())));
  }

  static Stream<Judged> unparsable(Case judged) {
    Stream<Judged> refused =
        refusals(judged, Code.UNPARSABLE_VALUE)
            .filter(refusal -> FlagLine.of(judged, refusal.place()).isPresent())
            .map(
                refusal ->
                    Judged.error(
                            "every Podman call of this user fails: " + refusal.reason(), REMEDY)
                        .at(refusal.place()));
    Stream<Judged> unread =
        unused(judged)
            .filter(setting -> !FlagLine.isTruthValue(setting.value()))
            .map(
                setting ->
                    Judged.warning(
                            "\"%s\" is neither true nor false; nobody reads it here, but where somebody"
                                    .formatted(setting.value())
                                + " does, every Podman call fails",
                            REMEDY)
                        .at(setting.place()));
    return Stream.concat(refused, unread).map(found -> found.write(FlagLine.saying("true")));
  }

  static Stream<Judged> wrongTable(InForce settings) {
    boolean set = settings.effective().ignoreChownErrors().value();
    return unused(settings.from())
        .filter(flag -> flag.why() == Why.OTHER_DRIVER || flag.why() == Why.UNKNOWN_KEY)
        .filter(flag -> settings.knowsFlag())
        .map(
            flag -> {
              String why =
                  "driver %s does not read [%s]".formatted(settings.driver(), flag.place().table());
              return (set
                      ? Judged.info(why, "Nothing: the flag is set where it is read, too.")
                      : Judged.warning(why, "Move it to the driver's own table."))
                  .at(flag.place())
                  .write("[%s]\n%s".formatted(settings.table(), FlagLine.saying(flag.value())));
            });
  }

  /** A flag in a file that another replaces, or that the environment or the edition passes over. */
  static Stream<Judged> shadowed(InForce settings) {
    if (settings.effective().ignoreChownErrors().value()) {
      return Stream.empty();
    }
    Stream<Judged> files =
        settings.from().judgement().shadowed().stream().flatMap(file -> inFile(settings, file));
    Stream<Judged> lines =
        unused(settings.from())
            .filter(flag -> flag.why() == Why.OVERRIDDEN || flag.why() == Why.NOT_FOR_USERS)
            .filter(flag -> FlagLine.isTrue(flag.value()))
            .map(flag -> passedOver(settings, flag));
    return Stream.concat(files, lines);
  }

  private static Stream<Judged> inFile(InForce settings, ShadowedFile file) {
    return settings.from().request().files().at(file.path()).stream()
        .flatMap(text -> FlagLine.all(text).stream())
        .filter(flag -> FlagLine.isTrue(flag.value()))
        .map(
            flag ->
                Judged.warning(
                        "the flag is set here, but %s counts instead, and does not set it"
                            .formatted(file.by()),
                        "Set it there, or delete what replaces this file.")
                    .at(flag.place())
                    .write("[%s]\n%s".formatted(settings.table(), FlagLine.saying("true"))));
  }

  private static Judged passedOver(InForce settings, UnusedSetting flag) {
    Judged found =
        flag.why() == Why.NOT_FOR_USERS
            ? Judged.warning(
                "this flag of the system's file does not reach a rootless user of this Podman",
                "Set it in the users' own files.")
            : Judged.warning(
                "the flag is set here, and set again to false by %s"
                    .formatted(
                        settings
                            .effective()
                            .ignoreChownErrors()
                            .place()
                            .map(Place::toString)
                            .orElse("the environment: STORAGE_OPTS replaces all options")),
                "Keep the one that is meant; in STORAGE_OPTS say %s.%s=true."
                    .formatted(settings.driver(), FlagLine.KEY));
    return found
        .at(flag.place())
        .write("[%s]\n%s".formatted(settings.table(), FlagLine.saying("true")));
  }

  private static Stream<Refusal> refusals(Case judged, Code code) {
    return judged.judgement().refusal().stream().filter(refusal -> refusal.code() == code);
  }

  private static Stream<UnusedSetting> unused(Case judged) {
    return judged.judgement().unused().stream()
        .filter(setting -> setting.key().equals(FlagLine.KEY));
  }
}
