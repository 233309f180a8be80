/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import cadastre.subid.fitness.FileSystem;
import cadastre.subid.fitness.Mount;
import cadastre.subid.fitness.StorageFinding;
import cadastre.subid.fitness.StorageRule.Area;
import java.util.Optional;

/** N18: whether the Lustre servers let the user's ranges through; a client is not told. */
final class LustreServer {
  private LustreServer() {}

  static Outcome nodemap(Subject subject) throws Unseen {
    if (subject.node().mounts().isEmpty()) {
      return Outcome.unknown("the mount table is not known");
    }
    boolean lustre =
        subject.node().mounts().get().mounts().stream()
            .map(Mount::fileSystem)
            .anyMatch(Optional.of(FileSystem.LUSTRE)::equals);
    if (!lustre) {
      return Outcome.notApplicable("no Lustre is mounted");
    }
    if (subject.facts().nodemap().isEmpty() || subject.facts().hasRanges().isEmpty()) {
      return Outcome.unknown(
          "a client is not told its nodemap: ask lctl nodemap_info on the MGS, and pass --nodemap");
    }
    return subject.explanation().findings().stream()
        .filter(finding -> finding.rule().area() == Area.NODEMAP)
        .map(StorageFinding::finding)
        .findFirst()
        .map(finding -> Outcome.fail(finding.message(), finding.remedy()))
        .orElseGet(() -> Outcome.pass("the user's ranges lie within the nodemap"));
  }
}
