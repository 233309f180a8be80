/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The ways in which a request or a start can fail: refused (the caller must act), unavailable (a
 * retry may succeed), broken (an admin must act). Knows no HTTP: {@code api} chooses the status of
 * a refusal, and {@code rest.http} makes the problem document.
 */
package io.cadastre.service.failure;
