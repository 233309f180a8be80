/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.subid.Allocation;

/** The answer to a request for a range. */
public record Granted(Allocation allocation, Outcome outcome, DirectoryState directory) {}
