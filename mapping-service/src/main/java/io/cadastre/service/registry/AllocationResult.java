/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.Allocation;

/** The answer to a request for a range. */
public record AllocationResult(Allocation allocation, Outcome outcome, DirectoryState directory) {}
