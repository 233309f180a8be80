/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The ways in which a request or a start can fail: refused (the caller must act), unavailable (a
 * retry may succeed), broken (an operator must act). Knows no HTTP; one mapper in {@code rest}
 * chooses statuses.
 */
package io.cadastre.service.failure;
