/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A change to the ledger and its evidence: each event holds the hash of the event before it.
 *
 * @param seq 1, 2, 3, ... without gaps
 * @param at the time by the database's clock, ISO 8601 in UTC; the order of events is their number
 * @param kind the word of an {@link EventKind}
 * @param serial the serial after the change
 * @param revision the revision after the change; empty in events of earlier versions, see {@link
 *     EventChain#revision}
 * @param allocation the id of the allocation, if the event is about one
 * @param owner the name of the owner after the change, if the event is about an allocation
 * @param actor the caller
 * @param role the word of the caller's role; empty in events of earlier versions, of the service's
 *     own parts and of a registry that is open to everyone
 * @param credential the kind and the public ID of the caller's credential, if there was one
 * @param requestId the id of the request, if a request caused the change
 * @param reason the reason, if given
 * @param before the state before the change, if there was one
 * @param after the state after the change
 * @param previousHash the hash of the event before; empty for the first
 * @param hash SHA-256 over {@code previousHash} and all other fields
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({
  "seq",
  "at",
  "kind",
  "serial",
  "revision",
  "allocation",
  "owner",
  "actor",
  "role",
  "credential",
  "requestId",
  "reason",
  "before",
  "after",
  "previousHash",
  "hash"
})
public record Event(
    long seq,
    String at,
    String kind,
    long serial,
    Optional<Long> revision,
    Optional<UUID> allocation,
    Optional<String> owner,
    String actor,
    Optional<String> role,
    Optional<String> credential,
    Optional<String> requestId,
    Optional<String> reason,
    Optional<JsonNode> before,
    JsonNode after,
    String previousHash,
    String hash) {

  /** Checks the fields. Jackson reads an absent {@code before} as a JSON null. */
  public Event {
    Stream.of(at, kind, actor, after, previousHash, hash).forEach(Objects::requireNonNull);
    before = before.filter(state -> !state.isNull());
  }

  /** The same event with this hash. */
  public Event withHash(String newHash) {
    return new Event(
        seq,
        at,
        kind,
        serial,
        revision,
        allocation,
        owner,
        actor,
        role,
        credential,
        requestId,
        reason,
        before,
        after,
        previousHash,
        newHash);
  }
}
