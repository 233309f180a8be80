/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.Allocation;
import java.util.Locale;
import java.util.Optional;

/** The result of a request for a range. */
public sealed interface AllocationResult {
  /**
   * The owner has a range.
   *
   * @param directory whether the directory shows it; PENDING until the publisher has been asked
   */
  record Allocated(Allocation allocation, Outcome outcome, DirectoryState directory)
      implements AllocationResult {
    Allocated(Allocation allocation, Outcome outcome) {
      this(allocation, outcome, DirectoryState.PENDING);
    }

    Allocated withDirectory(DirectoryState state) {
      return new Allocated(allocation, outcome, state);
    }
  }

  /**
   * The request was refused.
   *
   * @param reason a Refused or a PoolHeld
   */
  record NotAllocated(RuntimeException reason) implements AllocationResult {}

  /** The allocation; empty if the request was refused. */
  default Optional<Allocated> allocated() {
    return this instanceof Allocated allocated ? Optional.of(allocated) : Optional.empty();
  }

  /** The effect of a request. */
  enum Outcome {
    /** The owner got a new range. */
    CREATED,
    /** The owner already had the range. */
    UNCHANGED,
    /** A retired or withheld range is active again. */
    REINSTATED;

    /** The outcome as JSON writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the directory shows what the ledger records about an owner. */
  enum DirectoryState {
    /** It does. */
    PUBLISHED,
    /** Not yet: the owner waits in the outbox. */
    PENDING,
    /** It never will: the owner has no DN, or nothing is published. */
    NONE;

    /** The state as JSON writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
