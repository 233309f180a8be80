/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The admin's command line. A command asks the running service by REST, with the records of {@code
 * api}, so that the service stays the only writer of its ledger. Only a command that needs an idle
 * ledger opens one itself, and works on it by {@code registry}.
 */
package io.cadastre.service.cli;
