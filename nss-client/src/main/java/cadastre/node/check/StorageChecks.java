/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import cadastre.subid.Severity;
import cadastre.subid.fitness.FileSystem;
import cadastre.subid.fitness.Mount;
import cadastre.subid.fitness.StorageFinding;
import cadastre.subid.fitness.StorageRule.Area;
import cadastre.subid.storage.EffectiveStorage;
import cadastre.subid.storage.Judgement;
import cadastre.subid.storage.Refusal;
import cadastre.subid.storage.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** N11 to N16, N19, N21 and N22: what is found about the user's storage.conf, a check an area. */
final class StorageChecks {
  private static final long TMPFS_ENOUGH = 8L << 30;

  private StorageChecks() {}

  static Outcome files(Subject subject) throws Unseen {
    Judgement judgement = subject.explanation().judgement();
    Optional<EffectiveStorage> effective = judgement.effective();
    if (judgement.refused()) {
      return refused(subject, judgement.refusal().orElseThrow());
    }
    String counts =
        effective.isEmpty() || effective.get().files().isEmpty()
            ? "no storage.conf counts, only defaults"
            : String.join(", ", effective.get().files()) + " counts";
    String shell =
        Surroundings.isSelf(subject.user()) ? "" : "; what the user's shell sets is not seen";
    return worst(
        subject,
        Area.FILE,
        "%s, by the %s rules%s".formatted(counts, subject.engine().word(), shell));
  }

  private static Outcome refused(Subject subject, Refusal refusal) throws Unseen {
    return subject.explanation().findings().stream()
        .filter(finding -> finding.place().equals(refusal.place()))
        .findFirst()
        .map(finding -> Outcome.fail(finding.finding().message(), remedy(finding)))
        .orElseGet(
            () ->
                Outcome.fail(
                    "every Podman call of this user fails: " + refusal.reason(),
                    "Mend or remove what it names."));
  }

  static Outcome fileSystems(Subject subject) throws Unseen {
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
    Outcome found = worst(subject, Area.FILE_SYSTEM, String.join(", ", said));
    return known || found.verdict() == Verdict.FAIL
        ? found
        : Outcome.unknown(String.join(", ", said));
  }

  static Outcome driver(Subject subject) throws Unseen {
    String driver = subject.effective().driver().value();
    return worst(subject, Area.DRIVER, "driver " + driver);
  }

  static Outcome flag(Subject subject) throws Unseen {
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

  static Outcome attributes(Subject subject) throws Unseen {
    Outcome found = worst(subject, Area.ATTRIBUTES, "");
    if (found.verdict() != Verdict.PASS) {
      return found;
    }
    Optional<Boolean> takes = subject.facts().userXattr(subject.effective().graphroot().value());
    if (takes.isEmpty()) {
      return Outcome.unknown("only trying tells: run check with --probe");
    }
    return Outcome.pass(
        takes.get()
            ? "graphroot takes attributes"
            : "graphroot takes no attributes, and nothing needs them");
  }

  static Outcome mount(Subject subject) throws Unseen {
    Optional<Mount> mount = subject.facts().mount(subject.effective().graphroot().value());
    if (mount.isEmpty()) {
      return Outcome.unknown("the mount that graphroot lies on is not known");
    }
    return worst(
        subject,
        Area.MOUNT,
        "graphroot's mount %s: %s"
            .formatted(mount.get().point(), String.join(",", mount.get().options())));
  }

  static Outcome imageStores(Subject subject) throws Unseen {
    List<Setting> stores = subject.effective().additionalImageStores();
    Outcome found = worst(subject, Area.IMAGE_STORES, "the user may read and not write them");
    if (stores.isEmpty() && found.verdict() == Verdict.PASS) {
      return Outcome.notApplicable("there are no additional image stores");
    }
    boolean known =
        stores.stream()
            .allMatch(store -> subject.facts().path(store.value()).readable().isPresent());
    return known || found.verdict() == Verdict.FAIL
        ? found
        : Outcome.unknown("whether the user may read all of them is not known");
  }

  static Outcome memory(Subject subject) throws Unseen {
    String graphroot = subject.effective().graphroot().value();
    if (!subject.facts().fileSystem(graphroot).equals(Optional.of(FileSystem.TMPFS))) {
      return Outcome.notApplicable("graphroot lies on no tmpfs");
    }
    if (!subject.node().sight().live()) {
      return Outcome.unknown("the size of a tmpfs is to be seen on the running system only");
    }
    String there = new PathSight(subject.node().sight(), subject.user()).nearest(graphroot);
    long free = subject.node().sight().usableSpace(there);
    return free < TMPFS_ENOUGH
        ? Outcome.warn(
            "graphroot's tmpfs has %d MiB left, and what is in it counts as the job's memory"
                .formatted(free >> 20),
            "Mount it with a larger size=, and ask for the memory in the job.")
        : Outcome.pass("graphroot's tmpfs has %d GiB left".formatted(free >> 30));
  }

  static Outcome labels(Subject subject) throws Unseen {
    if (!subject.node().sight().exists("/proc/self")) {
      return Outcome.unknown("there is no /proc to look at");
    }
    if (!subject.node().sight().exists("/sys/fs/selinux/enforce")) {
      return Outcome.notApplicable("SELinux is off");
    }
    String graphroot = subject.effective().graphroot().value();
    String usual = subject.user().home() + "/.local/share/containers/storage";
    return graphroot.equals(usual)
        ? Outcome.pass("graphroot is where the policy expects it")
        : Outcome.warn(
            "SELinux is on, and graphroot %s is not where its policy expects it"
                .formatted(graphroot),
            "semanage fcontext -a -e %s %s && restorecon -R %s"
                .formatted(usual, graphroot, graphroot));
  }

  private static Stream<StorageFinding> findings(Subject subject, Area area) throws Unseen {
    return subject.explanation().findings().stream()
        .filter(finding -> finding.rule().area() == area);
  }

  /** The gravest finding of an area; what it is if there is none. */
  private static Outcome worst(Subject subject, Area area, String fine) throws Unseen {
    List<StorageFinding> found =
        findings(subject, area)
            .sorted(Comparator.comparing((StorageFinding f) -> f.finding().severity()).reversed())
            .toList();
    if (found.isEmpty()) {
      return Outcome.pass(fine);
    }
    StorageFinding gravest = found.get(0);
    Severity severity = gravest.finding().severity();
    if (severity == Severity.INFO) {
      return found.stream()
          .filter(finding -> finding.rule().saysUnknown())
          .findFirst()
          .map(finding -> Outcome.unknown(finding.finding().message()))
          .orElseGet(() -> Outcome.pass(fine + "; " + gravest.finding().message()));
    }
    String why =
        "%s: %s%s"
            .formatted(
                gravest.finding().subject(),
                gravest.finding().message(),
                found.size() > 1 ? " (and %d more)".formatted(found.size() - 1) : "");
    return severity == Severity.ERROR
        ? Outcome.fail(why, remedy(gravest))
        : Outcome.warn(why, remedy(gravest));
  }

  private static String remedy(StorageFinding found) {
    return found.finding().remedy()
        + found.instead().map(line -> " Write: " + line.replace("\n", ", ")).orElse("");
  }
}
