/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.subid.AllocationState;
import java.util.Optional;

/** The states of a listing's allocations. */
public enum StateFilter {
  /** All states. */
  ANY(Optional.empty()),
  /** Only {@link AllocationState#ACTIVE}. */
  ACTIVE(Optional.of(AllocationState.ACTIVE)),
  /** Only {@link AllocationState#WITHHELD}. */
  WITHHELD(Optional.of(AllocationState.WITHHELD)),
  /** Only {@link AllocationState#RETIRED}. */
  RETIRED(Optional.of(AllocationState.RETIRED)),
  /** Only {@link AllocationState#SUPERSEDED}. */
  SUPERSEDED(Optional.of(AllocationState.SUPERSEDED));

  private final Optional<AllocationState> state;

  StateFilter(Optional<AllocationState> state) {
    this.state = state;
  }

  /** The one state; empty for all. */
  Optional<AllocationState> state() {
    return state;
  }
}
