/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.service.ledger.RealIds;
import cadastre.subid.IdRange;
import cadastre.subid.Owner;
import cadastre.subid.OwnerName;
import cadastre.subid.StoredText;
import java.util.List;
import java.util.function.Function;

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
   * The accounts that the requests speak of: the directory is asked for all of them at once.
   *
   * @return gives the account of each; throws {@link Refused} if there is none, or the request says
   *     too much or too little for the source
   */
  Function<AllocateRequest, Identified> of(List<AllocateRequest> requests) {
    if (source == Source.CALLER) {
      return Identities::vouched;
    }
    Function<OwnerName, Identified> accountOf =
        accounts.identifyAll(requests.stream().map(AllocateRequest::name).toList());
    return request -> {
      if (request.identity().isPresent()) {
        throw new Refused(
            RefusalCode.BAD_REQUEST,
            "identities come from the directory (identity.source: directory), so the request must not carry a uidNumber, gidNumber, stableId or dn");
      }
      return accountOf.apply(request.name());
    };
  }

  /** The account that one request speaks of, under the same rules. */
  Identified of(AllocateRequest request) {
    return of(List.of(request)).apply(request);
  }

  private static Identified vouched(AllocateRequest request) {
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
      StoredText.check(owner);
      return new Identified(owner, caller.stableId().isPresent(), true);
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.INVALID_IDENTITY, e);
    }
  }

  /** What is known of real IDs in a range, this owner's own included. */
  Function<IdRange, RealIds> realIdsWith(Owner owner) {
    return range ->
        range.contains(owner.uidNumber()) || range.contains(owner.gidNumber())
            ? RealIds.PRESENT
            : accounts.realIds(range);
  }
}
