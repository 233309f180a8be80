/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The shortest way to the answers that are asked for most: one owner, the owner of an ID, the texts
 * that nodes fetch. It stands behind the access filter and before Jersey, asks the same queries and
 * writes the same bytes as the resources in {@code rest}; what it does not know to the letter, and
 * every refusal, it leaves to them (docs/decisions/0080).
 */
package io.cadastre.service.rest.direct;
