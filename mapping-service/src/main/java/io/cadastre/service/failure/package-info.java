/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The three ways a request can fail, by whose move is next: refused (the caller's), unavailable
 * (nobody's: try again), broken (ours). Knows no HTTP; one mapper in {@code rest} chooses statuses.
 */
package io.cadastre.service.failure;
