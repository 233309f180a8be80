/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.storage.Engine;
import io.cadastre.storage.StoragePaths;
import io.cadastre.storage.fitness.UpgradeChange;
import java.util.List;
import java.util.Map;

/**
 * N31: whether a newer Podman would refuse a user who works today, take the store away, or no
 * longer ignore chown errors. The newest edition that the rules know reads the files of today.
 */
final class UpgradeCheck {
  private UpgradeCheck() {}

  static CheckOutcome foretold(CheckContext context) throws Unobservable {
    Engine newest = Engine.MERGED;
    if (context.engine().podman() == newest.podman()) {
      return CheckOutcome.notApplicable(
          "%s is the newest edition with known rules".formatted(newest.title()));
    }
    if (context.explanation().judgement().refused()) {
      return CheckOutcome.unknown("Podman refuses the files today (N11)");
    }
    String vendor = StoragePaths.of(Map.of(), context.user().caller()).vendor();
    List<UpgradeChange> breaking =
        context
            .comparing(context.engine(), newest)
            .difference()
            .map(difference -> difference.breaking())
            .orElse(List.of())
            .stream()
            // The new package brings a file of its own.
            .filter(change -> change.place().filter(at -> at.source().equals(vendor)).isEmpty())
            .toList();
    if (breaking.isEmpty()) {
      return CheckOutcome.pass(
          "from %s to %s nothing stops this user"
              .formatted(context.engine().title(), newest.title()));
    }
    UpgradeChange first = breaking.get(0);
    return CheckOutcome.warn(
        "after an upgrade to %s, %s%s%s"
            .formatted(
                newest.title(),
                first.line(),
                first.step().map(step -> ", since " + step.since().podman()).orElse(""),
                breaking.size() > 1 ? " (and %d more)".formatted(breaking.size() - 1) : ""),
        "Run cadastre-node storage-conf --explain --engine %s --user %s, and do what it says before the upgrade."
            .formatted(newest.podman().podman(), context.user().name()));
  }
}
