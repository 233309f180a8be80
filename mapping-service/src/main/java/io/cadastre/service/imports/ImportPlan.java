/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import java.util.List;

/**
 * What an import would record, and the findings.
 *
 * @param pins the ranges to record as they are, by start of the subuid range
 * @param blocks the ranges of local rows that no owner may get
 * @param findings the findings; those that say the same of many rows are one
 */
public record ImportPlan(List<Pin> pins, List<LocalBlock> blocks, List<Finding> findings) {
  /**
   * An owner and its existing ranges; their starts may differ.
   *
   * @param owner the account
   * @param uidRange the range of the owner in every /etc/subuid
   * @param gidRange the range of the owner in every /etc/subgid
   */
  public record Pin(Owner owner, IdRange uidRange, IdRange gidRange) {}

  /**
   * A range that stays local to nodes.
   *
   * @param source the row, for messages: {@code local row buildbot in node1:/etc/subuid:3}
   */
  public record LocalBlock(IdType type, IdRange range, String source) {}

  /** Copies the lists. */
  public ImportPlan {
    pins = List.copyOf(pins);
    blocks = List.copyOf(blocks);
    findings = List.copyOf(findings);
  }
}
