/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.subid.Finding;
import java.util.List;

/**
 * The differences between the directory and the ledger.
 *
 * @param repaired whether every owner that differs is published anew
 * @param findings one for each difference
 */
public record ReconciledJson(boolean repaired, List<FindingJson> findings) {
  /** The answer that reports these findings. */
  public static ReconciledJson of(boolean repaired, List<Finding> findings) {
    return new ReconciledJson(repaired, FindingJson.all(findings));
  }
}
