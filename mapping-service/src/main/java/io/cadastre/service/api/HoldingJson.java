/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.subid.Allocation;

/** An allocation and its owner. */
public record HoldingJson(OwnerJson owner, AllocationJson allocation) {
  /** The answer that reports this allocation. */
  public static HoldingJson of(Allocation allocation) {
    return new HoldingJson(OwnerJson.of(allocation.owner()), AllocationJson.of(allocation));
  }
}
