/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The admin's command line. It asks the running service by REST and by its admin tasks, so that the
 * service stays the only writer of its ledger; only what needs an idle ledger opens one itself.
 */
package io.cadastre.service.cli;
