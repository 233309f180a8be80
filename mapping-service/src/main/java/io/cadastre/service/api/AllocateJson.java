/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.registry.AllocateRequest;
import io.cadastre.service.registry.CallerIdentity;
import io.cadastre.subid.OwnerName;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * The body of a request for a range; all of it may be left out. The identity is only for {@code
 * identity.source: caller}.
 *
 * @param pool the pool to take the range from; the default pool if left out
 * @param stableId distinguishes the account from a later one of the same name and uid
 * @param dn the DN of the account's entry; without it nothing is published
 * @param reinstate whether a retired owner gets the range back; false if left out: such a request
 *     is refused
 */
public record AllocateJson(
    Optional<String> pool,
    Optional<Long> uidNumber,
    Optional<Long> gidNumber,
    Optional<String> stableId,
    Optional<String> dn,
    Optional<Boolean> reinstate) {
  private static final int MAX_DN = 1000;

  /** The body with every field left out. */
  public static final AllocateJson NOTHING =
      new AllocateJson(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * The request that this body makes for an account.
   *
   * @throws Refused if the identity is incomplete or malformed
   */
  public AllocateRequest requestFor(OwnerName name) {
    return new AllocateRequest(name, pool, identity(name), reinstate.orElse(false));
  }

  private Optional<CallerIdentity> identity(OwnerName name) {
    if (uidNumber.isEmpty() && gidNumber.isEmpty() && stableId.isEmpty() && dn.isEmpty()) {
      return Optional.empty();
    }
    if (uidNumber.isEmpty() || gidNumber.isEmpty()) {
      throw new Refused(
          RefusalCode.BAD_REQUEST,
          "the identity of %s has no %s: it needs both a uidNumber and a gidNumber"
              .formatted(name, uidNumber.isEmpty() ? "uidNumber" : "gidNumber"));
    }
    Stream.concat(stableId.stream(), dn.stream()).forEach(AllocateJson::checkText);
    dn.ifPresent(AllocateJson::checkDn);
    return Optional.of(new CallerIdentity(uidNumber.get(), gidNumber.get(), stableId, dn));
  }

  private static void checkText(String text) {
    if (text.isBlank() || !ReasonJson.isOneLine(text)) {
      throw new Refused(
          RefusalCode.INVALID_IDENTITY,
          "the stableId and the dn must not be blank and have no control characters");
    }
  }

  /** RFC 4514; an entry that names an invalid DN cannot be published. */
  private static void checkDn(String text) {
    try {
      if (text.length() > MAX_DN || new LdapName(text).isEmpty()) {
        throw new Refused(
            RefusalCode.INVALID_IDENTITY,
            "the dn is refused: it must have 1 to %d characters".formatted(MAX_DN));
      }
    } catch (InvalidNameException e) {
      throw new Refused(RefusalCode.INVALID_IDENTITY, "the dn is not a DN as RFC 4514 writes it");
    }
  }
}
