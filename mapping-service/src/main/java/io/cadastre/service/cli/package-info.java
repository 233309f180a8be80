/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The admin's command line. A command asks the running service by REST, with the records of {@code
 * api}, so that the service stays the only writer of its ledger. Only a command that needs an idle
 * ledger opens one itself, by {@code registry}; {@code check} and {@code ledger compact} call
 * {@code database}. The package does not import ledger, directory or imports; a test over import
 * lines checks that.
 */
package io.cadastre.service.cli;
