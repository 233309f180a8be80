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
import io.cadastre.storage.fitness.Mount;
import io.cadastre.storage.fitness.StorageFinding;
import io.cadastre.storage.fitness.StorageRule.Area;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** N11 to N16, N19, N21 and N22: what is found about the user's storage.conf, a check an area. */
final class StorageChecks {
  private static final long TMPFS_ENOUGH = 8L << 30;

  private StorageChecks() {}

  static CheckOutcome files(CheckContext subject) throws Unobservable {
    StorageJudgement judgement = subject.explanation().judgement();
    Optional<EffectiveStorage> effective = judgement.effective();
    if (judgement.refused()) {
      return refused(subject, judgement.refusal().orElseThrow());
    }
    String counts =
        effective.isEmpty() || effective.get().files().isEmpty()
            ? "no storage.conf counts, only defaults"
            : String.join(", ", effective.get().files()) + " counts";
    String shell =
        CallerEnvironment.isSelf(subject.user()) ? "" : "; what the user's shell sets is not seen";
    return worst(
        subject,
        Area.FILE,
        "%s, by the %s rules%s".formatted(counts, subject.engine().word(), shell));
  }

  private static CheckOutcome refused(CheckContext subject, Refusal refusal) throws Unobservable {
    return subject.explanation().findings().stream()
        .filter(finding -> finding.place().equals(refusal.place()))
        .findFirst()
        .map(finding -> CheckOutcome.fail(finding.finding().message(), remedy(finding)))
        .orElseGet(
            () ->
                CheckOutcome.fail(
                    "every Podman call of this user fails: " + refusal.reason(),
                    "Mend or remove what it names."));
  }

  static CheckOutcome fileSystems(CheckContext subject) throws Unobservable {
    List<String> said = new ArrayList<>();
    List<Setting> paths = new ArrayList<>();
    paths.add(subject.effective().graphroot());
    paths.add(subject.effective().runroot());
    paths.addAll(subject.effective().additionalImageStores());
    boolean known = true;
    for (Setting path : paths) {
      Optional<String> on =
          subject
              .facts()
              .fileSystem(path.value())
              .map(FileSystem::title)
              .or(() -> subject.facts().mount(path.value()).map(Mount::type));
      known &= on.isPresent();
      said.add("%s on %s".formatted(path.value(), on.orElse("an unknown file system")));
    }
    CheckOutcome found = worst(subject, Area.FILE_SYSTEM, String.join(", ", said));
    return known || found.verdict() == Verdict.FAIL
        ? found
        : CheckOutcome.unknown(String.join(", ", said));
  }

  static CheckOutcome driver(CheckContext subject) throws Unobservable {
    String driver = subject.effective().driver().value();
    return worst(subject, Area.DRIVER, "driver " + driver);
  }

  static CheckOutcome flag(CheckContext subject) throws Unobservable {
    Optional<EffectiveStorage> effective = subject.explanation().judgement().effective();
    if (effective.isEmpty() && findings(subject, Area.FLAG).findAny().isPresent()) {
      return worst(subject, Area.FLAG, "");
    }
    boolean set = subject.effective().ignoreChownErrors().value();
    return worst(
        subject,
        Area.FLAG,
        "ignore_chown_errors is %s, and %s".formatted(set, set ? "needed" : "not needed"));
  }

  static CheckOutcome attributes(CheckContext subject) throws Unobservable {
    CheckOutcome found = worst(subject, Area.ATTRIBUTES, "");
    if (found.verdict() != Verdict.PASS) {
      return found;
    }
    Optional<Boolean> takes = subject.facts().userXattr(subject.effective().graphroot().value());
    if (takes.isEmpty()) {
      return CheckOutcome.unknown("only trying tells: run check with --probe");
    }
    return CheckOutcome.pass(
        takes.get()
            ? "graphroot takes attributes"
            : "graphroot takes no attributes, and nothing needs them");
  }

  static CheckOutcome mount(CheckContext subject) throws Unobservable {
    Optional<Mount> mount = subject.facts().mount(subject.effective().graphroot().value());
    if (mount.isEmpty()) {
      return CheckOutcome.unknown("the mount that graphroot lies on is not known");
    }
    return worst(
        subject,
        Area.MOUNT,
        "graphroot's mount %s: %s"
            .formatted(mount.get().point(), String.join(",", mount.get().options())));
  }

  static CheckOutcome imageStores(CheckContext subject) throws Unobservable {
    List<Setting> stores = subject.effective().additionalImageStores();
    CheckOutcome found = worst(subject, Area.IMAGE_STORES, "the user may read and not write them");
    if (stores.isEmpty() && found.verdict() == Verdict.PASS) {
      return CheckOutcome.notApplicable("there are no additional image stores");
    }
    boolean known =
        stores.stream()
            .allMatch(store -> subject.facts().path(store.value()).readable().isPresent());
    return known || found.verdict() == Verdict.FAIL
        ? found
        : CheckOutcome.unknown("whether the user may read all of them is not known");
  }

  static CheckOutcome memory(CheckContext subject) throws Unobservable {
    String graphroot = subject.effective().graphroot().value();
    if (!subject.facts().fileSystem(graphroot).equals(Optional.of(FileSystem.TMPFS))) {
      return CheckOutcome.notApplicable("graphroot lies on no tmpfs");
    }
    if (!subject.node().sight().live()) {
      return CheckOutcome.unknown("the size of a tmpfs is to be seen on the running system only");
    }
    String there = new PathInspector(subject.node().sight(), subject.user()).nearest(graphroot);
    long free = subject.node().sight().usableSpace(there);
    return free < TMPFS_ENOUGH
        ? CheckOutcome.warn(
            "graphroot's tmpfs has %d MiB left, and what is in it counts as the job's memory"
                .formatted(free >> 20),
            "Mount it with a larger size=, and ask for the memory in the job.")
        : CheckOutcome.pass("graphroot's tmpfs has %d GiB left".formatted(free >> 30));
  }

  static CheckOutcome labels(CheckContext subject) throws Unobservable {
    if (!subject.node().sight().exists("/proc/self")) {
      return CheckOutcome.unknown("there is no /proc to look at");
    }
    if (!subject.node().sight().exists("/sys/fs/selinux/enforce")) {
      return CheckOutcome.notApplicable("SELinux is off");
    }
    String graphroot = subject.effective().graphroot().value();
    String usual = subject.user().home() + "/.local/share/containers/storage";
    return graphroot.equals(usual)
        ? CheckOutcome.pass("graphroot is where the policy expects it")
        : CheckOutcome.warn(
            "SELinux is on, and graphroot %s is not where its policy expects it"
                .formatted(graphroot),
            "semanage fcontext -a -e %s %s && restorecon -R %s"
                .formatted(usual, graphroot, graphroot));
  }

  private static Stream<StorageFinding> findings(CheckContext subject, Area area)
      throws Unobservable {
    return subject.explanation().findings().stream()
        .filter(finding -> finding.rule().area() == area);
  }

  /** The gravest finding of an area; what it is if there is none. */
  private static CheckOutcome worst(CheckContext subject, Area area, String fine)
      throws Unobservable {
    List<StorageFinding> found =
        findings(subject, area)
            .sorted(Comparator.comparing((StorageFinding f) -> f.finding().severity()).reversed())
            .toList();
    if (found.isEmpty()) {
      return CheckOutcome.pass(fine);
    }
    StorageFinding gravest = found.get(0);
    Severity severity = gravest.finding().severity();
    if (severity == Severity.INFO) {
      return found.stream()
          .filter(finding -> finding.rule().saysUnknown())
          .findFirst()
          .map(finding -> CheckOutcome.unknown(finding.finding().message()))
          .orElseGet(() -> CheckOutcome.pass(fine + "; " + gravest.finding().message()));
    }
    String why =
        "%s: %s%s"
            .formatted(
                gravest.finding().subject(),
                gravest.finding().message(),
                found.size() > 1 ? " (and %d more)".formatted(found.size() - 1) : "");
    return severity == Severity.ERROR
        ? CheckOutcome.fail(why, remedy(gravest))
        : CheckOutcome.warn(why, remedy(gravest));
  }

  private static String remedy(StorageFinding found) {
    return found.finding().remedy()
        + found.instead().map(line -> " Write: " + line.replace("\n", ", ")).orElse("");
  }
}
