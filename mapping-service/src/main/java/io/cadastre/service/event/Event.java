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
 * A change to the ledger and its evidence: each event holds the hash of the one before it.
 *
 * @param seq 1, 2, 3, ... without gaps
 * @param at what the clock read, ISO 8601 in UTC; the order of events is their number
 * @param kind what was done
 * @param serial the serial after the change
 * @param allocation which allocation, unless it is about a pool
 * @param owner the owner's name after the change
 * @param actor who asked
 * @param requestId the request, if one asked
 * @param reason why, if said
 * @param before the state before, if there was one
 * @param after the state after
 * @param previousHash the hash of the event before, empty for the first
 * @param hash SHA-256 over {@code previousHash} and all the other fields
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({
  "seq",
  "at",
  "kind",
  "serial",
  "allocation",
  "owner",
  "actor",
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
    Optional<UUID> allocation,
    Optional<String> owner,
    String actor,
    Optional<String> requestId,
    Optional<String> reason,
    Optional<JsonNode> before,
    JsonNode after,
    String previousHash,
    String hash) {

  /** Jackson reads an absent {@code before} as JSON's null, and any other as Java's. */
  public Event {
    Stream.of(at, kind, actor, after, previousHash, hash).forEach(Objects::requireNonNull);
    before = before.filter(state -> !state.isNull());
  }

  /** The same event with its hash. */
  public Event withHash(String newHash) {
    return new Event(
        seq,
        at,
        kind,
        serial,
        allocation,
        owner,
        actor,
        requestId,
        reason,
        before,
        after,
        previousHash,
        newHash);
  }
}
