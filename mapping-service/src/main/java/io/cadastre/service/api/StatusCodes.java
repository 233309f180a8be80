/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;

/** Chooses the status code of every refusal. */
final class StatusCodes {
  private StatusCodes() {}

  static int of(RefusalCode code) {
    return switch (code) {
      case BAD_REQUEST, INVALID_NAME, REASON_MISSING, FOREIGN_ORIGIN -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN, OUT_OF_SCOPE, FORGED_FORM -> 403;
      case UNKNOWN_ACCOUNT, UNKNOWN_OWNER, UNKNOWN_POOL, UNKNOWN_NODE, UNOWNED_ID -> 404;
      case AMBIGUOUS_ACCOUNT,
          IDENTITY_CHANGED,
          IDENTITY_REUSED,
          OWNER_RETIRED,
          OWNER_RENAMED,
          OTHER_POOL,
          POOL_FULL,
          SLOT_TAKEN,
          WRONG_STATE,
          TOO_MANY_NODES ->
          409;
      case SERIAL_TOO_OLD, HISTORY_UNKNOWN -> 410;
      case UNKNOWN_EVENT -> 412;
      case MISDIRECTED -> 421;
      case INVALID_IDENTITY, NOT_ENTITLED, RESERVED_NAME, UNSTORABLE -> 422;
      case TOO_MANY_REQUESTS -> 429;
    };
  }
}
