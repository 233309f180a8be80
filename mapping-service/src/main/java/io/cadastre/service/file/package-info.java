/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Opens the files that a configuration or a command line names: passwords, certificates, copies
 * from nodes, exports. No other package opens them; a test over import lines checks that.
 */
package io.cadastre.service.file;
