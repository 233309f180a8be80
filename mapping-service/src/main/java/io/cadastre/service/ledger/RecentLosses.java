/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The lost owners of the last 24 hours, or since a loss was last accepted.
 *
 * @param withheld owners withheld since then, and neither restored nor retired
 * @param activeBefore owners that were active at the beginning
 */
@JsonPropertyOrder({"withheld", "activeBefore"})
public record RecentLosses(long withheld, long activeBefore) {}
