/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.access.AccessToken;
import io.cadastre.service.access.TokenState;
import io.cadastre.service.access.UidRange;
import java.time.Instant;
import java.util.Optional;

/**
 * A token without its secret.
 *
 * @param id its public part, which events show as {@code credential}
 * @param name its name, which events show as {@code actor}
 * @param role its role
 * @param state the word of its state; that of one past its end is {@code "expired"}
 * @param made the time at which it was made
 * @param expires the time from which it is not valid
 * @param pool the pool that it may allocate from
 * @param uids the uids whose owners it may change, FIRST-LAST
 * @param stableIdPrefix the prefix of the stable ids of these owners
 * @param dnBase the DN at or below which their accounts lie
 * @param nodes the pattern of its nodes' host names
 */
public record TokenJson(
    String id,
    String name,
    String role,
    String state,
    String made,
    String expires,
    Optional<String> pool,
    Optional<String> uids,
    Optional<String> stableIdPrefix,
    Optional<String> dnBase,
    Optional<String> nodes) {
  /** The answer that shows this token at this time. */
  public static TokenJson of(AccessToken token, Instant now) {
    boolean expired = token.state() != TokenState.REVOKED && !token.isLiving(now);
    return new TokenJson(
        token.id(),
        token.name(),
        token.role().word(),
        expired ? "expired" : token.state().word(),
        token.made().toString(),
        token.expires().toString(),
        token.bounds().pool(),
        token.bounds().uids().map(UidRange::toString),
        token.bounds().stableIdPrefix(),
        token.bounds().dnBase(),
        token.bounds().nodes());
  }
}
