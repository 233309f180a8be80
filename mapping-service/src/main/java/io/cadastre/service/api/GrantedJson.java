/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AllocationResult;

/**
 * What a request for a range gave.
 *
 * @param outcome created, unchanged or reinstated
 * @param directory published; pending: it will be; none: it never will, for the owner has no DN
 */
public record GrantedJson(
    OwnerJson owner, AllocationJson allocation, String outcome, String directory) {
  /** The answer that tells of this grant. */
  public static GrantedJson of(AllocationResult granted) {
    return new GrantedJson(
        OwnerJson.of(granted.allocation().owner()),
        AllocationJson.of(granted.allocation()),
        granted.outcome().word(),
        granted.directory().word());
  }
}
