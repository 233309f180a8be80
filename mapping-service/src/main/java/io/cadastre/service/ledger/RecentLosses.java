/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What events tell of lost owners since 24 hours ago, or since a loss was last accepted.
 *
 * @param withheld owners withheld since then and not restored or retired
 * @param activeBefore owners who were active then
 */
@JsonPropertyOrder({"withheld", "activeBefore"})
public record RecentLosses(long withheld, long activeBefore) {}
