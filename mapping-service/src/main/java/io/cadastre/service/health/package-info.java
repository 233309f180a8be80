/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The health checks of the admin connector. */
package io.cadastre.service.health;
