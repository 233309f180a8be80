/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The real IDs that were forgotten, as the event holds them.
 *
 * @param first the first ID of the range
 * @param last the last ID of the range, inclusive
 * @param uids how many uids in the range were gone and are forgotten
 * @param gids how many gids in the range were gone and are forgotten
 */
@JsonPropertyOrder({"first", "last", "uids", "gids"})
public record ForgottenIds(long first, long last, int uids, int gids) {}
