/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What bin/bench runs: each benchmark against its anchor in the same run. */
package io.cadastre.service.bench;
