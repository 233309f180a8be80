/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.subid.EventHead;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * A snapshot to serve, and the newest event behind it: the snapshot shows all that this event and
 * the earlier ones changed. Immutable.
 *
 * @param served the texts of the snapshot
 * @param head a head of the same ledger and serial
 */
public record CurrentSnapshot(ServedSnapshot served, LedgerHead head) {
  /** What the field of the answer says, for the description of the interface. */
  public static final String FIELD_MEANING =
      "NUMBER HASH of the newest event behind the snapshot; absent before the first event";

  /** Adds the number and hash of the newest event to an answer. */
  public Response headed(Response answer) {
    headField().ifPresent(value -> answer.getHeaders().putSingle(EventHead.FIELD, value));
    return answer;
  }

  /** The number and hash of the newest event; empty before the first one. */
  public Optional<String> headField() {
    return head.lastEvent() > 0
        ? Optional.of(new EventHead(head.lastEvent(), head.hash()).toString())
        : Optional.empty();
  }
}
