/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Refusal;
import io.cadastre.storage.Setting;
import io.cadastre.storage.StorageJudgement;
import io.cadastre.storage.fitness.FileSystem;
import io.cadastre.storage.fitness.ImageStorePaths;
import io.cadastre.storage.fitness.Mount;
import io.cadastre.storage.fitness.StorageFinding;
import io.cadastre.storage.fitness.StorageRule.Area;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** N11 to N16 and N19: the findings about the user's storage.conf, one check for each area. */
final class StorageChecks {
  private StorageChecks() {}

  static CheckOutcome files(CheckContext context) throws Unobservable {
    StorageJudgement judgement = context.explanation().judgement();
    Optional<EffectiveStorage> effective = judgement.effective();
    if (judgement.refused()) {
      return refused(context, judgement.refusal().orElseThrow());
    }
    String counts =
        effective.isEmpty() || effective.get().files().isEmpty()
            ? "no storage.conf is in force, only defaults"
            : String.join(", ", effective.get().files()) + " in force";
    String shell =
        CallerEnvironment.isSelf(context.user())
            ? ""
            : "; variables that the user's shell sets are not visible";
    return worst(
        context,
        Area.FILE,
        "%s, by the rules of %s%s".formatted(counts, context.engine().title(), shell));
  }

  private static CheckOutcome refused(CheckContext context, Refusal refusal) throws Unobservable {
    return context.explanation().findings().stream()
        .filter(finding -> finding.place().equals(refusal.place()))
        .findFirst()
        .map(finding -> CheckOutcome.fail(finding.finding().message(), remedy(finding)))
        .orElseGet(
            () ->
                CheckOutcome.fail(
                    "every Podman call of this user fails: " + refusal.reason(),
                    "Repair or remove what this message names."));
  }

  static CheckOutcome fileSystems(CheckContext context) throws Unobservable {
    List<String> lines = new ArrayList<>();
    List<Setting> paths = new ArrayList<>();
    paths.add(context.effective().graphroot());
    context.effective().imagestore().ifPresent(paths::add);
    paths.add(context.effective().runroot());
    paths.addAll(context.effective().additionalImageStores());
    boolean known = true;
    for (Setting path : paths) {
      Optional<String> on =
          context
              .facts()
              .fileSystem(path.value())
              .map(FileSystem::title)
              .or(() -> context.facts().mount(path.value()).map(Mount::type));
      known &= on.isPresent();
      lines.add("%s on %s".formatted(path.value(), on.orElse("an unknown file system")));
    }
    CheckOutcome found = worst(context, Area.FILE_SYSTEM, String.join(", ", lines));
    return known || found.verdict() == Verdict.FAIL
        ? found
        : CheckOutcome.unknown(String.join(", ", lines));
  }

  static CheckOutcome driver(CheckContext context) throws Unobservable {
    String driver = context.effective().driver().value();
    return worst(context, Area.DRIVER, "driver " + driver);
  }

  static CheckOutcome flag(CheckContext context) throws Unobservable {
    Optional<EffectiveStorage> effective = context.explanation().judgement().effective();
    if (effective.isEmpty() && findings(context, Area.FLAG).findAny().isPresent()) {
      return worst(context, Area.FLAG, "");
    }
    boolean set = context.effective().ignoreChownErrors().value();
    return worst(
        context,
        Area.FLAG,
        "ignore_chown_errors is %s, and %s".formatted(set, set ? "needed" : "not needed"));
  }

  static CheckOutcome attributes(CheckContext context) throws Unobservable {
    CheckOutcome found = worst(context, Area.ATTRIBUTES, "");
    if (found.verdict() != Verdict.PASS) {
      return found;
    }
    Optional<Boolean> takes = context.facts().userXattr(context.effective().graphroot().value());
    if (takes.isEmpty()) {
      return CheckOutcome.unknown("this needs a try: run check with --probe");
    }
    return CheckOutcome.pass(
        takes.get()
            ? "graphroot supports attributes"
            : "graphroot supports no attributes, and nothing needs them");
  }

  static CheckOutcome mount(CheckContext context) throws Unobservable {
    Optional<Mount> mount = context.facts().mount(context.effective().graphroot().value());
    if (mount.isEmpty()) {
      return CheckOutcome.unknown("the mount of graphroot is not known");
    }
    return worst(
        context,
        Area.MOUNT,
        "graphroot's mount %s: %s"
            .formatted(mount.get().point(), String.join(",", mount.get().options())));
  }

  static CheckOutcome imageStores(CheckContext context) throws Unobservable {
    List<Setting> stores = context.effective().additionalImageStores();
    CheckOutcome found = worst(context, Area.IMAGE_STORES, "Podman can open them for the user");
    if (stores.isEmpty() && found.verdict() == Verdict.PASS) {
      return CheckOutcome.notApplicable("there are no additional image stores");
    }
    if (found.verdict() == Verdict.FAIL) {
      return found;
    }
    String driver = context.effective().driver().value();
    boolean known =
        stores.stream()
            .map(store -> new ImageStorePaths(store.value(), driver).imagesLock())
            .allMatch(lock -> context.facts().path(lock).exists().isPresent());
    return known ? found : CheckOutcome.unknown("whether Podman can open all of them is not known");
  }

  private static Stream<StorageFinding> findings(CheckContext context, Area area)
      throws Unobservable {
    return context.explanation().findings().stream()
        .filter(finding -> finding.rule().area() == area);
  }

  /** The most severe finding of an area; {@code fine} if there is none. */
  private static CheckOutcome worst(CheckContext context, Area area, String fine)
      throws Unobservable {
    List<StorageFinding> found =
        findings(context, area)
            .sorted(Comparator.comparing((StorageFinding f) -> f.finding().severity()).reversed())
            .toList();
    if (found.isEmpty()) {
      return CheckOutcome.pass(fine);
    }
    StorageFinding first = found.get(0);
    Severity severity = first.finding().severity();
    if (severity == Severity.INFO) {
      return found.stream()
          .filter(finding -> finding.rule().saysUnknown())
          .findFirst()
          .map(finding -> CheckOutcome.unknown(finding.finding().message()))
          .orElseGet(() -> CheckOutcome.pass(fine + "; " + first.finding().message()));
    }
    String why =
        "%s: %s%s"
            .formatted(
                first.finding().subject(),
                first.finding().message(),
                found.size() > 1 ? " (and %d more)".formatted(found.size() - 1) : "");
    return severity == Severity.ERROR
        ? CheckOutcome.fail(why, remedy(first))
        : CheckOutcome.warn(why, remedy(first));
  }

  private static String remedy(StorageFinding found) {
    return found.finding().remedy()
        + found.instead().map(line -> " Write: " + line.replace("\n", ", ")).orElse("");
  }
}
