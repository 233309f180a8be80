/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.StorageJudgement;
import io.cadastre.storage.StorageRequest;
import java.util.List;
import java.util.stream.Stream;

/** Applies every {@link StorageRule} to the settings and the facts about the node and the user. */
public final class StorageFindings {
  private StorageFindings() {}

  /** Returns all findings, in the order of the rules. */
  public static List<StorageFinding> of(
      StorageRequest request, StorageJudgement judgement, Facts facts) {
    FileContext context = new FileContext(request, judgement, facts);
    return Stream.of(StorageRule.values()).flatMap(rule -> rule.find(context)).toList();
  }
}
