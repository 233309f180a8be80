/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.subid.IdRange;
import cadastre.subid.Owner;
import java.util.function.Predicate;

/** Turns a request's name into the account it speaks of, by the configured source of identity. */
public final class Identities {
  /** Where accounts come from. */
  public enum Source {
    /** From LDAP: the name is all that a request says. */
    DIRECTORY,
    /** From the caller: the request carries the account. */
    CALLER
  }

  private final Source source;
  private final Accounts accounts;

  /** Identities from this source. */
  public Identities(Source source, Accounts accounts) {
    this.source = source;
    this.accounts = accounts;
  }

  /**
   * The account that the request speaks of.
   *
   * @throws Refused if there is none, or the request says too much or too little for the source
   */
  Identified of(AllocateRequest request) {
    if (source == Source.DIRECTORY) {
      if (request.identity().isPresent()) {
        throw new Refused(
            RefusalCode.BAD_REQUEST,
            "identities come from the directory (identity.source: directory), so the request must not carry a uidNumber, gidNumber, stableId or dn");
      }
      return accounts.identify(request.name());
    }
    return request
        .identity()
        .map(caller -> vouched(request, caller))
        .orElseThrow(
            () ->
                new Refused(
                    RefusalCode.BAD_REQUEST,
                    "identities come from the caller (identity.source: caller), so the request must carry {\"uidNumber\": ..., \"gidNumber\": ...}"));
  }

  private static Identified vouched(AllocateRequest request, CallerIdentity caller) {
    try {
      String stableId =
          caller
              .stableId()
              .map(id -> "caller:" + id)
              .orElseGet(() -> "unidentified:" + caller.uidNumber() + ":" + request.name());
      Owner owner =
          new Owner(stableId, request.name(), caller.uidNumber(), caller.gidNumber(), caller.dn());
      return new Identified(owner, caller.stableId().isPresent(), true);
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.INVALID_IDENTITY, e);
    }
  }

  /** Whether a range would hold a real ID, this owner's own included. */
  Predicate<IdRange> realIdsWith(Owner owner) {
    return range ->
        range.contains(owner.uidNumber())
            || range.contains(owner.gidNumber())
            || accounts.touches(range);
  }
}
