/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import java.util.Optional;

/**
 * Who asked for a change, as its event records it.
 *
 * @param actor the caller: a user, a hook, or a part of the service
 * @param requestId the request's id, if a request caused it
 * @param reason why, in the caller's words
 */
public record Origin(String actor, Optional<String> requestId, Optional<String> reason) {

  /** A change that a part of the service makes by itself. */
  public static Origin service(String part, String reason) {
    return new Origin("service:" + part, Optional.empty(), Optional.of(reason));
  }
}
