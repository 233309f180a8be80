/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Setting;
import io.cadastre.storage.fitness.FileSystem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** N21 and N22: the folders in which Podman keeps images and containers. */
final class WrittenFolders {
  private static final long TMPFS_ENOUGH = 8L << 30;

  private WrittenFolders() {}

  /** Graphroot, and imagestore if it is set. */
  private static List<String> written(CheckContext context) throws Unobservable {
    EffectiveStorage effective = context.effective();
    return Stream.concat(Stream.of(effective.graphroot()), effective.imagestore().stream())
        .map(Setting::value)
        .toList();
  }

  static CheckOutcome memory(CheckContext context) throws Unobservable {
    Optional<CheckOutcome> most = Optional.empty();
    for (String folder : written(context)) {
      if (!context.facts().fileSystem(folder).equals(Optional.of(FileSystem.TMPFS))) {
        continue;
      }
      if (!context.node().host().live()) {
        return CheckOutcome.unknown("the size of a tmpfs can only be seen on the running system");
      }
      CheckOutcome outcome = memory(context, folder);
      if (outcome.verdict() == Verdict.WARN) {
        return outcome;
      }
      most = most.or(() -> Optional.of(outcome));
    }
    return most.orElseGet(() -> CheckOutcome.notApplicable("graphroot is not on a tmpfs"));
  }

  private static CheckOutcome memory(CheckContext context, String folder) throws Unobservable {
    String there = new PathInspector(context.node().host(), context.user()).nearest(folder);
    long free = context.node().host().usableSpace(there);
    return free < TMPFS_ENOUGH
        ? CheckOutcome.warn(
            "the tmpfs of %s has %d MiB left, and its content counts as memory of the job"
                .formatted(folder, free >> 20),
            "Mount it with a larger size=, and request the memory for the job.")
        : CheckOutcome.pass("the tmpfs of %s has %d GiB left".formatted(folder, free >> 30));
  }

  static CheckOutcome labels(CheckContext context) throws Unobservable {
    if (!context.node().host().exists("/proc/self")) {
      return CheckOutcome.unknown("/proc does not exist");
    }
    if (!context.node().host().exists("/sys/fs/selinux/enforce")) {
      return CheckOutcome.notApplicable("SELinux is off");
    }
    String usual = context.user().home() + "/.local/share/containers/storage";
    return written(context).stream()
        .filter(folder -> !folder.equals(usual))
        .findFirst()
        .map(
            folder ->
                CheckOutcome.warn(
                    "SELinux is on, and %s is not where its policy expects images"
                        .formatted(folder),
                    "semanage fcontext -a -e %s %s && restorecon -R %s"
                        .formatted(usual, folder, folder)))
        .orElseGet(() -> CheckOutcome.pass("graphroot is where the policy expects it"));
  }
}
