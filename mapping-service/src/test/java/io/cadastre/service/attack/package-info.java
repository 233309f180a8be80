/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The hostile client of tests: generated requests, dripping connections. Knows no service. */
package io.cadastre.service.attack;
