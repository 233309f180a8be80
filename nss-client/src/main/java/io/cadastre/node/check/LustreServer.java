/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.storage.fitness.FileSystem;
import io.cadastre.storage.fitness.Mount;
import io.cadastre.storage.fitness.StorageFinding;
import io.cadastre.storage.fitness.StorageRule.Area;
import java.util.Optional;

/** N18: whether the Lustre servers let the user's ranges through; a client is not told. */
final class LustreServer {
  private LustreServer() {}

  static CheckOutcome nodemap(CheckContext subject) throws Unobservable {
    if (subject.node().mounts().isEmpty()) {
      return CheckOutcome.unknown("the mount table is not known");
    }
    boolean lustre =
        subject.node().mounts().get().mounts().stream()
            .map(Mount::fileSystem)
            .anyMatch(Optional.of(FileSystem.LUSTRE)::equals);
    if (!lustre) {
      return CheckOutcome.notApplicable("no Lustre is mounted");
    }
    if (subject.facts().nodemap().isEmpty() || subject.facts().hasRanges().isEmpty()) {
      return CheckOutcome.unknown(
          "a client is not told its nodemap: ask lctl nodemap_info on the MGS, and pass --nodemap");
    }
    return subject.explanation().findings().stream()
        .filter(finding -> finding.rule().area() == Area.NODEMAP)
        .map(StorageFinding::finding)
        .findFirst()
        .map(finding -> CheckOutcome.fail(finding.message(), finding.remedy()))
        .orElseGet(() -> CheckOutcome.pass("the user's ranges lie within the nodemap"));
  }
}
