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
 * What an import would do.
 *
 * @param pins the ranges to record as they are, by start of the subuid range
 * @param findings everything that somebody should know, in the order of the files
 */
public record ImportPlan(List<Pin> pins, List<Finding> findings) {
  /**
   * An owner and the ranges he has already; their starts may differ.
   *
   * @param owner the account
   * @param uidRange his range of every /etc/subuid
   * @param gidRange his range of every /etc/subgid
   */
  public record Pin(Owner owner, IdRange uidRange, IdRange gidRange) {}

  /** Copies the lists. */
  public ImportPlan {
    pins = List.copyOf(pins);
    findings = List.copyOf(findings);
  }
}
