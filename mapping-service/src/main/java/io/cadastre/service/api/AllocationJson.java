/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.subid.Allocation;
import java.util.Optional;
import java.util.UUID;

/**
 * An allocation without its owner.
 *
 * @param id the allocation's own id
 * @param pool absent if it was imported off the grid
 * @param state active, withheld, retired or superseded
 * @param serial of the last change to it
 */
public record AllocationJson(
    UUID id, Optional<String> pool, RangeJson subuid, RangeJson subgid, String state, long serial) {
  static AllocationJson of(Allocation allocation) {
    return new AllocationJson(
        allocation.id(),
        allocation.pool(),
        RangeJson.of(allocation.uidRange()),
        RangeJson.of(allocation.gidRange()),
        allocation.state().word(),
        allocation.serial());
  }
}
