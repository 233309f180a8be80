/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Real IDs that were forgotten, as the event carries it.
 *
 * @param first the first ID of the range that was asked for
 * @param last the last, inclusive
 * @param uids how many uids of it were gone and are forgotten
 * @param gids how many gids
 */
@JsonPropertyOrder({"first", "last", "uids", "gids"})
public record ForgottenIds(long first, long last, int uids, int gids) {}
