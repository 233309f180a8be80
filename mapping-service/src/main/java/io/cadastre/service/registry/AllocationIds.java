/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.UUID;

/**
 * The ids of new allocations: UUIDs of version 7 (RFC 9562), whose order is that of time, so that
 * new rows lie beside each other in the ledger's indexes. Thread-safe.
 */
final class AllocationIds {
  private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  private AllocationIds() {}

  static UUID next() {
    return GENERATOR.generate();
  }
}
