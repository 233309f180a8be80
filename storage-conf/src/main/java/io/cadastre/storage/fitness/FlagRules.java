/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.UnusedSetting;
import io.cadastre.storage.fitness.FileSystem.Giving;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about the effect of ignore_chown_errors: whether it is needed, and whether it works. */
final class FlagRules {
  private FlagRules() {}

  static Stream<FindingDraft> missing(SettingsContext settings) {
    // Without a range the kernel refuses the chown before it reaches the file system.
    if (!needed(settings) || !refuses(settings) || settings.withoutRanges()) {
      return Stream.empty();
    }
    return Stream.of(
        FindingDraft.error(
                settings.imagesLie()
                    + ", which refuses a chown to subordinate IDs: unpacking an image whose files have"
                    + " several owners fails with \"lchown: operation not permitted\"",
                "Move it to a local file system; where that cannot be, set the flag.")
            .at(place(settings))
            .write(lineToWrite(settings, "true")));
  }

  static Stream<FindingDraft> missingWithoutRanges(SettingsContext settings) {
    if (!needed(settings) || !settings.withoutRanges()) {
      return Stream.empty();
    }
    return Stream.of(
        FindingDraft.error(
                "the user has no subordinate IDs: unpacking an image whose files have several"
                    + " owners fails with \"lchown: invalid argument\" (potentially insufficient"
                    + " UIDs or GIDs)",
                refuses(settings)
                    ? settings.imagesLie() + ", where a range alone would not help: set the flag."
                    : "Allocate a range for the user; if that is not possible, set the flag.")
            .at(place(settings))
            .write(lineToWrite(settings, "true")));
  }

  static Stream<FindingDraft> hidesErrors(SettingsContext settings) {
    if (!settings.effective().ignoreChownErrors().value()
        || settings.giving().filter(Giving.ALLOWED::equals).isEmpty()
        || settings.facts().hasRanges().filter(has -> has).isEmpty()) {
      return Stream.empty();
    }
    return Stream.of(
        FindingDraft.warning(
                settings.imagesLie()
                    + ", and the user has ranges: no chown has to fail there, and one that does is"
                    + " hidden, its file left to the wrong owner",
                "Take the flag out.")
            .at(place(settings))
            .write(lineToWrite(settings, "false")));
  }

  static Stream<FindingDraft> unjudged(SettingsContext settings) {
    boolean rangesKnown = settings.facts().hasRanges().isPresent();
    if (!settings.rootless()
        || (settings.giving().isPresent() && rangesKnown)
        || refuses(settings)
        || settings.withoutRanges()) {
      return Stream.empty();
    }
    String unknown =
        settings.giving().isPresent()
            ? "whether the user has ranges is not known"
            : settings.imagesLie()
                + ": whether a chown to subordinate IDs works there only trying tells";
    return Stream.of(
        FindingDraft.info(
            unknown + "; so it is not known either whether the flag is needed",
            "As the user, run cadastre-node check --probe."));
  }

  static Stream<FindingDraft> unknownToDriver(SettingsContext settings) {
    if (settings.knowsFlag()) {
      return Stream.empty();
    }
    Stream<SettingPlace> unused =
        settings.from().judgement().unused().stream()
            .filter(flag -> flag.key().equals(FlagLine.KEY) && FlagLine.isTrue(flag.value()))
            .map(UnusedSetting::place);
    Stream<SettingPlace> handedOver =
        settings.effective().options().stream()
            .filter(option -> option.name().endsWith(FlagLine.KEY))
            .filter(option -> FlagLine.isTrue(option.value()))
            .map(option -> option.place());
    return Stream.concat(unused, handedOver)
        .map(
            flag ->
                FindingDraft.warning(
                        "driver %s does not know %s".formatted(settings.driver(), FlagLine.KEY),
                        "Use overlay or vfs if the flag is needed; else delete the flag.")
                    .at(flag));
  }

  private static boolean needed(SettingsContext settings) {
    return settings.rootless()
        && !settings.effective().ignoreChownErrors().value()
        && !masked(settings);
  }

  /**
   * Returns whether the driver keeps owners in attributes: containers/storage then switches lchown
   * off, so that none can fail. A mask that Podman imposes is not in the files, and is not counted.
   */
  private static boolean masked(SettingsContext settings) {
    return settings.overlay() && settings.option("force_mask").isPresent();
  }

  private static boolean refuses(SettingsContext settings) {
    return settings.giving().filter(Giving.REFUSED::equals).isPresent();
  }

  /** Returns the place of the flag that applies now; empty if there is none. */
  private static Optional<SettingPlace> place(SettingsContext settings) {
    return settings.effective().ignoreChownErrors().place();
  }

  /**
   * Returns the line to write: it replaces the line that applies now, or goes where the driver
   * reads it.
   */
  private static String lineToWrite(SettingsContext settings, String value) {
    Optional<String> variable =
        Optional.ofNullable(settings.from().request().environment().get("STORAGE_OPTS"));
    if (variable.isPresent()) {
      // If it is set, it replaces all options of the files; of two options the later one applies.
      return "STORAGE_OPTS=%s%s%s.%s=%s"
          .formatted(
              variable.get(),
              variable.get().isEmpty() ? "" : ",",
              settings.driver(),
              FlagLine.KEY,
              value);
    } else if (place(settings).isPresent()) {
      return FlagLine.saying(value);
    }
    String table = "[%s]\n%s".formatted(settings.table(), FlagLine.saying(value));
    // A new file replaces the file that sets the driver now.
    return settings.from().request().files().exists(settings.from().file())
        ? table
        : "[storage]\ndriver = \"%s\"\n%s".formatted(settings.driver(), table);
  }
}
