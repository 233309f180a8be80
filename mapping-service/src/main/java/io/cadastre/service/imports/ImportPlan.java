/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import java.util.List;

/**
 * The ranges that an import would record unchanged, and the findings.
 *
 * @param pins the ranges to record as they are, by start of the subuid range
 * @param findings the findings, in the order of the files
 */
public record ImportPlan(List<Pin> pins, List<Finding> findings) {
  /**
   * An owner and its existing ranges; their starts may differ.
   *
   * @param owner the account
   * @param uidRange the range of the owner in every /etc/subuid
   * @param gidRange the range of the owner in every /etc/subgid
   */
  public record Pin(Owner owner, IdRange uidRange, IdRange gidRange) {}

  /** Copies the lists. */
  public ImportPlan {
    pins = List.copyOf(pins);
    findings = List.copyOf(findings);
  }
}
