/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Runs the tests of the libsubid plugin, which are C and shell in {@code src/test/c}. The source of
 * the plugin is in {@code src/main/c}.
 */
package io.cadastre.node.plugin;
