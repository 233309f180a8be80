/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The health checks of the admin connector. They read the state of ledger, directory and registry,
 * and change nothing.
 */
package io.cadastre.service.health;
