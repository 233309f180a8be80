/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.Engine;
import io.cadastre.storage.Step;
import io.cadastre.storage.StorageRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What changes for a user if another edition of Podman reads the same files. Each change names the
 * {@link Step} that makes it: the editions between the two are asked in turn, and the last one that
 * changes the value is the cause. Immutable.
 *
 * @param before the edition to compare with, usually the installed one
 * @param after the other edition
 * @param changes the changes, in the order of their kinds
 */
public record UpgradeDifference(Engine before, Engine after, List<UpgradeChange> changes) {
  /** Copies the list. */
  public UpgradeDifference {
    changes = List.copyOf(changes);
  }

  /**
   * Compares two editions.
   *
   * @param request the files, with the edition that is asked about
   * @param installed the edition to compare with
   */
  public static UpgradeDifference of(StorageRequest request, Engine installed, Facts facts) {
    return new UpgradeDifference(
        installed, request.engine(), new UpgradeComparison(request, installed, facts).changes());
  }

  /** Returns the changes that stop a user who works today. */
  public List<UpgradeChange> breaking() {
    return changes.stream().filter(UpgradeChange::breaks).toList();
  }

  /** Returns a tree of JSON values. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("from", before.title());
    tree.put("to", after.title());
    tree.put("changes", changes.stream().map(UpgradeChange::tree).toList());
    return tree;
  }
}
