/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Runs work at intervals: the work survives every exception, and its last success is known. Knows
 * nothing of the work itself.
 */
package io.cadastre.service.periodic;
