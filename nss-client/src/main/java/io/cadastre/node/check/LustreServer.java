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

/**
 * N18: whether the nodemap of the Lustre servers allows the user's ranges. A client cannot read its
 * nodemap.
 */
final class LustreServer {
  private LustreServer() {}

  static CheckOutcome nodemap(CheckContext context) throws Unobservable {
    if (context.node().mounts().isEmpty()) {
      return CheckOutcome.unknown("the mount table is not known");
    }
    boolean lustre =
        context.node().mounts().get().mounts().stream()
            .map(Mount::fileSystem)
            .anyMatch(Optional.of(FileSystem.LUSTRE)::equals);
    if (!lustre) {
      return CheckOutcome.notApplicable("no Lustre is mounted");
    }
    if (context.facts().nodemap().isEmpty() || context.facts().hasRanges().isEmpty()) {
      return CheckOutcome.unknown(
          "a client cannot read its nodemap: run lctl nodemap_info on the MGS, and pass --nodemap");
    }
    return context.explanation().findings().stream()
        .filter(finding -> finding.rule().area() == Area.NODEMAP)
        .map(StorageFinding::finding)
        .findFirst()
        .map(finding -> CheckOutcome.fail(finding.message(), finding.remedy()))
        .orElseGet(() -> CheckOutcome.pass("the user's ranges lie within the nodemap"));
  }
}
