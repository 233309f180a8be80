/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import java.util.Optional;

/**
 * The body that compares the directory with the ledger.
 *
 * @param repair whether to publish anew every owner that differs; false if left out
 */
public record ReconcileJson(Optional<Boolean> repair) {
  /** The body with every field left out. */
  public static final ReconcileJson NOTHING = new ReconcileJson(Optional.empty());
}
