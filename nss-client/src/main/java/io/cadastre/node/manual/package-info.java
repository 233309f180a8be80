/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Generates the manual pages and the bash completion from the commands. Only the build runs it:
 * {@code Manual} writes the files that it is told to, and no command uses the package.
 */
package io.cadastre.node.manual;
