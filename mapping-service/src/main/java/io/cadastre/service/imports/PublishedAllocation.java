/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Allocation;

/**
 * An allocation as a directory entry shows it.
 *
 * @param dn the DN of the entry
 */
public record PublishedAllocation(String dn, Allocation allocation) {}
