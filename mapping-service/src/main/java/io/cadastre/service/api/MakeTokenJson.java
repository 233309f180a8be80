/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.UidRange;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.registry.TokenRequest;
import java.util.Optional;

/**
 * The body that makes a token.
 *
 * @param reason why; kept in the event
 * @param name 1 to 64 letters, digits, dots, underscores and hyphens; required
 * @param role the word of its role; required
 * @param expires {@code 90d}, {@code 12h}, a day or a time; a year if left out
 * @param pool the pool that a provisioner may allocate from
 * @param uids the uids whose owners a provisioner may change, FIRST-LAST
 * @param stableIdPrefix the prefix of the stable ids of these owners
 * @param dnBase the DN at or below which their accounts lie
 * @param nodes the pattern of a node's host names, with {@code *} for any characters
 */
public record MakeTokenJson(
    Optional<String> reason,
    Optional<String> name,
    Optional<String> role,
    Optional<String> expires,
    Optional<String> pool,
    Optional<String> uids,
    Optional<String> stableIdPrefix,
    Optional<String> dnBase,
    Optional<String> nodes) {
  /** The body with every field left out. */
  public static final MakeTokenJson NOTHING =
      new MakeTokenJson(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Checks the reason's form, as {@link ReasonJson} does. */
  public MakeTokenJson {
    reason.ifPresent(ReasonJson::check);
  }

  /**
   * The request.
   *
   * @throws Refused if a required field was left out, or a field has a wrong form
   */
  public TokenRequest request() {
    String word = role.orElseThrow(() -> missing("role"));
    return new TokenRequest(
        name.orElseThrow(() -> missing("name")),
        Role.of(word)
            .orElseThrow(
                () ->
                    refused(
                        "\"%s\" is no role; the roles are provisioner, node, auditor and admin"
                            .formatted(word))),
        expires,
        new Bounds(pool, uids.map(MakeTokenJson::range), stableIdPrefix, dnBase, nodes));
  }

  private static UidRange range(String text) {
    try {
      return UidRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }

  private static Refused missing(String field) {
    return refused("the body has no field \"%s\"".formatted(field));
  }

  private static Refused refused(String why) {
    return new Refused(RefusalCode.BAD_REQUEST, why);
  }
}
