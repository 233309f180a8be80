/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Allocation;

/**
 * An allocation as an entry of the directory tells of it.
 *
 * @param dn the entry's own DN
 */
public record PublishedAllocation(String dn, Allocation allocation) {}
