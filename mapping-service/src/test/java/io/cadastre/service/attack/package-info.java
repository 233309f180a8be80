/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a hostile client sends: generated requests, dripping connections. Knows no service. */
package io.cadastre.service.attack;
