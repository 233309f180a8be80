/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.registry.CallerIdentity;
import io.cadastre.service.registry.GivenAccount;
import java.util.Optional;

/**
 * An account that rows of an import may belong to, for {@code identity.source: caller}.
 *
 * @param name the login name; required
 * @param uidNumber the uid; required
 * @param gidNumber the primary gid; required
 * @param stableId distinguishes the account from a later one of the same name and uid
 * @param dn the DN of the account's entry; without it nothing is published
 */
public record GivenAccountJson(
    Optional<String> name,
    Optional<Long> uidNumber,
    Optional<Long> gidNumber,
    Optional<String> stableId,
    Optional<String> dn) {
  /** The account with every field left out, which stands for a null. */
  static final GivenAccountJson NOTHING =
      new GivenAccountJson(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** An account without a stable id, as passwd(5) has it. */
  public static GivenAccountJson of(String name, long uidNumber, long gidNumber) {
    return new GivenAccountJson(
        Optional.of(name),
        Optional.of(uidNumber),
        Optional.of(gidNumber),
        Optional.empty(),
        Optional.empty());
  }

  GivenAccount account() {
    return new GivenAccount(
        required("name", name),
        new CallerIdentity(
            required("uidNumber", uidNumber), required("gidNumber", gidNumber), stableId, dn));
  }

  private static <T> T required(String field, Optional<T> value) {
    return value.orElseThrow(
        () ->
            new Refused(
                RefusalCode.BAD_REQUEST, "an account has no field \"%s\"".formatted(field)));
  }
}
