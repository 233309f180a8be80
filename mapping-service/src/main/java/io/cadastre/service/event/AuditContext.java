/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.StoredText;
import java.util.Optional;

/**
 * The caller and the reason of a change, as its event records them.
 *
 * @param actor the caller: a user, a hook or a part of the service
 * @param requestId the id of the request, if a request caused the change
 * @param reason the reason in the caller's words, if given
 * @param role the word of the caller's role; empty for a part of the service, an offline command
 *     and a registry that is open to everyone
 * @param credential the kind and the public ID of the credential, if there was one
 * @param bounds what the credential is limited to; no event has it
 */
public record AuditContext(
    String actor,
    Optional<String> requestId,
    Optional<String> reason,
    Optional<String> role,
    Optional<String> credential,
    Bounds bounds) {
  private static final int MAX_ACTOR = 255;
  private static final int MAX_REQUEST_ID = 255;
  private static final int MAX_REASON = 4000;

  /**
   * Checks that an event can hold these texts.
   *
   * @throws Refused if a text is too long, is not well-formed UTF-16 or has a U+0000
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

  /** The context of a change by a caller without a credential. */
  public AuditContext(String actor, Optional<String> requestId, Optional<String> reason) {
    this(actor, requestId, reason, Optional.empty(), Optional.empty(), Bounds.NONE);
  }

  /** The context of a change by the caller with this credential. */
  public static AuditContext of(
      Principal principal, Optional<String> requestId, Optional<String> reason) {
    return new AuditContext(
        principal.name(),
        requestId,
        reason,
        Optional.of(principal.role().word()),
        Optional.of(principal.credentialText()),
        principal.bounds());
  }

  /** Whether the caller may not change everything: another role than an admin's, or bounds. */
  public boolean isLimited() {
    return role.filter(word -> !word.equals(Role.ADMIN.word())).isPresent()
        || bounds.ofChanges().isPresent();
  }

  /** The context of a change that a part of the service makes on its own. */
  public static AuditContext service(String part, String reason) {
    return new AuditContext("service:" + part, Optional.empty(), Optional.of(reason));
  }
}
