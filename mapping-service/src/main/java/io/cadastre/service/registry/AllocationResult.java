/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.subid.Allocation;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

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

    @Override
    public <T> T fold(Function<Allocated, T> allocated, Function<RuntimeException, T> refused) {
      return allocated.apply(this);
    }
  }

  /** The request was refused. The same request is refused until somebody changes something. */
  record NotAllocated(Refused reason) implements AllocationResult {
    @Override
    public <T> T fold(Function<Allocated, T> allocated, Function<RuntimeException, T> refused) {
      return refused.apply(reason);
    }
  }

  /**
   * The request was refused for now: an entry of the directory holds the pool, or an owner a name.
   */
  record NotNow(Unavailable reason) implements AllocationResult {
    @Override
    public <T> T fold(Function<Allocated, T> allocated, Function<RuntimeException, T> refused) {
      return refused.apply(reason);
    }
  }

  /** Returns the value of the first function for an allocation, else that of the second. */
  <T> T fold(Function<Allocated, T> allocated, Function<RuntimeException, T> refused);

  /** The allocation; empty if the request was refused. */
  default Optional<Allocated> allocated() {
    return fold(Optional::of, reason -> Optional.empty());
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
