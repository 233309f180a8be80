/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;

/**
 * A token as its events show it: without secret and hash.
 *
 * @param id the public part
 * @param name the name
 * @param role the word of the role
 * @param made the time at which it was made
 * @param expires the time from which it is not valid
 * @param state the word of the state after the event
 * @param pool the pool that it is limited to
 * @param uids the uids that it is limited to, FIRST-LAST
 * @param stableIdPrefix the prefix of the stable ids that it is limited to
 * @param dnBase the DN below which its owners lie
 * @param nodes the pattern of its nodes
 */
@JsonPropertyOrder({
  "id",
  "name",
  "role",
  "made",
  "expires",
  "state",
  "pool",
  "uids",
  "stableIdPrefix",
  "dnBase",
  "nodes"
})
public record TokenRecord(
    String id,
    String name,
    String role,
    String made,
    String expires,
    String state,
    Optional<String> pool,
    Optional<String> uids,
    Optional<String> stableIdPrefix,
    Optional<String> dnBase,
    Optional<String> nodes) {}
