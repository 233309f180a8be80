/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.StoragePaths;
import io.cadastre.storage.UnusedSetting;
import io.cadastre.storage.UnusedSetting.Why;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rules about settings of a system file, or of the file that CONTAINERS_STORAGE_CONF names, that do
 * not reach a rootless user. Each remedy was tried with Podman 4.3.1 (RemediesWithPodmanTest).
 */
final class UsersPathRules {
  static final List<String> STORAGE_PATHS = List.of("graphroot", "rootless_storage_path");

  private UsersPathRules() {}

  static Stream<FindingDraft> notForUsers(FileContext context) {
    return context
        .unused(Why.NOT_FOR_USERS)
        .filter(FileRules::isNoFlag)
        .flatMap(
            setting ->
                switch (setting.key()) {
                  case "graphroot" -> graphroot(context, setting);
                  case "runroot" -> Stream.of(runroot(context, setting));
                  case "driver" -> Stream.of(driver(setting));
                  default -> Stream.of(option(setting));
                });
  }

  /** Reports a graphroot, unless it stands beside a rootless_storage_path. */
  private static Stream<FindingDraft> graphroot(FileContext context, UnusedSetting setting) {
    if (other(context, setting).isPresent()) {
      return Stream.empty();
    }
    String why = without(context, setting);
    // A path with a variable is one for users; others in the system file are usually root's.
    return named(context, setting) || setting.value().contains("$")
        ? Stream.of(
            FindingDraft.warning(why, "Set rootless_storage_path, which reaches users.")
                .at(setting.place())
                .write("rootless_storage_path = \"%s\"".formatted(ofEachUser(setting.value()))))
        : Stream.of(
            FindingDraft.info(
                    why,
                    "Nothing if it is root's. Set rootless_storage_path for users, with $UID or"
                        + " $HOME in it.")
                .at(setting.place()));
  }

  /** Returns the path with the user's own part, so that several users can read the file. */
  private static String ofEachUser(String path) {
    return path.contains("$") ? path : path + "/$UID";
  }

  private static FindingDraft runroot(FileContext context, UnusedSetting setting) {
    String why = without(context, setting);
    String own = StoragePaths.of(context.request().environment(), context.request().user()).user();
    return (named(context, setting)
            ? FindingDraft.warning(
                why,
                "Delete it: XDG_RUNTIME_DIR/containers is fit. Only %s sets runroot, if"
                        .formatted(own)
                    + " CONTAINERS_STORAGE_CONF is not set.")
            : FindingDraft.info(why, "Nothing: only %s sets runroot.".formatted(own)))
        .at(setting.place());
  }

  private static FindingDraft driver(UnusedSetting setting) {
    return FindingDraft.info(
            "driver %s in the system file is not for rootless users, who get another one"
                .formatted(setting.value()),
            "Nothing if it is root's; users can have overlay, vfs or btrfs.")
        .at(setting.place());
  }

  private static FindingDraft option(UnusedSetting setting) {
    return FindingDraft.info(
            "%s in the system file has no effect for a rootless user of this Podman"
                .formatted(setting.key()),
            "Set it in the users' own files, or in the file that CONTAINERS_STORAGE_CONF names.")
        .at(setting.place());
  }

  static Stream<FindingDraft> storagePathBesideGraphroot(FileContext context) {
    return context.judgement().unused().stream()
        .filter(setting -> STORAGE_PATHS.contains(setting.key()) && setting.why() != Why.EMPTY)
        .flatMap(
            setting ->
                other(context, setting)
                    .filter(line -> !harmless(setting, line))
                    .map(line -> beside(setting))
                    .stream());
  }

  private static FindingDraft beside(UnusedSetting setting) {
    String why = "graphroot and rootless_storage_path are both set, and %s does not apply";
    return FindingDraft.warning(
            why.formatted(setting.key()),
            setting.key().equals("graphroot")
                ? "Give both the same value: newer editions of Podman take graphroot."
                : "Delete rootless_storage_path, which is deprecated.")
        .at(setting.place());
  }

  /** Returns whether an unused graphroot has the value that applies. */
  private static boolean harmless(UnusedSetting setting, String other) {
    return setting.key().equals("graphroot")
        && other.matches(".*[\"']%s[\"'].*".formatted(Pattern.quote(setting.value())));
  }

  /** Returns the line of the other storage path in the same file. */
  private static Optional<String> other(FileContext context, UnusedSetting setting) {
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
        .flatMap(place -> context.line(place).stream())
        .filter(line -> line.contains(other))
        .findFirst();
  }

  private static String without(FileContext context, UnusedSetting setting) {
    return "%s in %s has no effect for a rootless user of this Podman"
        .formatted(
            setting.key(),
            named(context, setting) ? "the file of CONTAINERS_STORAGE_CONF" : "the system file");
  }

  private static boolean named(FileContext context, UnusedSetting setting) {
    return StoragePaths.of(context.request().environment(), context.request().user())
        .named()
        .equals(Optional.of(setting.place().source()));
  }
}
