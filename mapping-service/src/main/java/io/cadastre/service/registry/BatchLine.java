/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.OwnerName;
import java.util.Optional;

/**
 * What became of one line of a batch: exactly one of {@code granted} and {@code refused} is there.
 *
 * @param name the account
 * @param granted its range
 * @param refused why it has none, a Refused or a PoolHeld; no other line was stopped by it
 */
public record BatchLine(
    OwnerName name, Optional<AllocationResult> granted, Optional<RuntimeException> refused) {}
