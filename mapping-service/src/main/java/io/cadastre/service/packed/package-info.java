/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Allocations as bytes, for what keeps a million of them: the view in memory and the verification.
 * Pure: knows only the vocabulary.
 */
package io.cadastre.service.packed;
