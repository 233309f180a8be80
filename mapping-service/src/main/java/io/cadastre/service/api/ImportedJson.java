/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.imports.ImportPlan;
import java.util.List;

/**
 * The result of an import.
 *
 * @param pins the ranges that were, or would be, pinned
 * @param findings one for each row that was not, and for what is odd
 */
public record ImportedJson(List<PinJson> pins, List<FindingJson> findings) {
  /** An owner and the ranges that nodes have for it. */
  public record PinJson(OwnerJson owner, RangeJson subuid, RangeJson subgid) {
    static PinJson of(ImportPlan.Pin pin) {
      return new PinJson(
          OwnerJson.of(pin.owner()), RangeJson.of(pin.uidRange()), RangeJson.of(pin.gidRange()));
    }
  }

  /** The answer that reports this plan. */
  public static ImportedJson of(ImportPlan plan) {
    return new ImportedJson(
        plan.pins().stream().map(PinJson::of).toList(), FindingJson.all(plan.findings()));
  }
}
