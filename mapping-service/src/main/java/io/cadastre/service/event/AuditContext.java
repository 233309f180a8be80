/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.StoredText;
import java.util.Optional;

/**
 * Who asked for a change, as its event records it.
 *
 * @param actor the caller: a user, a hook, or a part of the service
 * @param requestId the request's id, if a request caused it
 * @param reason why, in the caller's words
 */
public record AuditContext(String actor, Optional<String> requestId, Optional<String> reason) {
  private static final int MAX_ACTOR = 255;
  private static final int MAX_REQUEST_ID = 255;
  private static final int MAX_REASON = 4000;

  /**
   * Checks that an event can hold it.
   *
   * @throws Refused if it is too long, is not well-formed or has a U+0000
   */
  public AuditContext {
    try {
      StoredText.check("the actor", actor, MAX_ACTOR);
      requestId.ifPresent(id -> StoredText.check("the request id", id, MAX_REQUEST_ID));
      reason.ifPresent(why -> StoredText.check("the reason", why, MAX_REASON));
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }

  /** A change that a part of the service makes by itself. */
  public static AuditContext service(String part, String reason) {
    return new AuditContext("service:" + part, Optional.empty(), Optional.of(reason));
  }
}
