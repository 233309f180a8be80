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
 * @param blocks the ranges of local rows that were, or would be, blocked
 * @param findings what is wrong or odd; findings that say the same of many rows are one
 */
public record ImportedJson(List<PinJson> pins, List<BlockJson> blocks, List<FindingJson> findings) {
  /** A range that stays local to nodes: {@code subuid} or {@code subgid}, and its row. */
  public record BlockJson(String type, RangeJson range, String source) {
    static BlockJson of(ImportPlan.LocalBlock block) {
      return new BlockJson(block.type().word(), RangeJson.of(block.range()), block.source());
    }
  }

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
        plan.pins().stream().map(PinJson::of).toList(),
        plan.blocks().stream().map(BlockJson::of).toList(),
        FindingJson.all(plan.findings()));
  }
}
