/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AllocationResult.Allocated;

/**
 * The answer to a request for a range.
 *
 * @param outcome created, unchanged or reinstated
 * @param directory published; pending: it will be; none: it never will, for the owner has no DN
 */
public record AllocatedJson(
    OwnerJson owner, AllocationJson allocation, String outcome, String directory) {
  /** The JSON of this result. */
  public static AllocatedJson of(Allocated allocated) {
    return new AllocatedJson(
        OwnerJson.of(allocated.allocation().owner()),
        AllocationJson.of(allocated.allocation()),
        allocated.outcome().word(),
        allocated.directory().word());
  }
}
