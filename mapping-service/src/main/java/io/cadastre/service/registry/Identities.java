/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.IdentitySource;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.RealIds;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.StoredText;
import java.util.List;
import java.util.function.Function;

/** Turns a request's name into the account it speaks of, by the configured source of identity. */
public final class Identities {
  private final IdentitySource source;
  private final Accounts accounts;

  /** Identities from this source. */
  public Identities(IdentitySource source, Accounts accounts) {
    this.source = source;
    this.accounts = accounts;
  }

  /**
   * The accounts that the requests speak of: the directory is asked for all of them at once.
   *
   * @return gives the account of each; throws {@link Refused} if there is none, or the request says
   *     too much or too little for the source
   */
  Function<AllocateRequest, ResolvedAccount> of(List<AllocateRequest> requests) {
    if (source == IdentitySource.CALLER) {
      return Identities::vouched;
    }
    Function<OwnerName, ResolvedAccount> accountOf =
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
  ResolvedAccount of(AllocateRequest request) {
    return of(List.of(request)).apply(request);
  }

  private static ResolvedAccount vouched(AllocateRequest request) {
    return request
        .identity()
        .map(caller -> vouched(request, caller))
        .orElseThrow(
            () ->
                new Refused(
                    RefusalCode.BAD_REQUEST,
                    "identities come from the caller (identity.source: caller), so the request must carry {\"uidNumber\": ..., \"gidNumber\": ...}"));
  }

  private static ResolvedAccount vouched(AllocateRequest request, CallerIdentity caller) {
    try {
      String stableId =
          caller
              .stableId()
              .map(id -> "caller:" + id)
              .orElseGet(() -> "unidentified:" + caller.uidNumber() + ":" + request.name());
      Owner owner =
          new Owner(stableId, request.name(), caller.uidNumber(), caller.gidNumber(), caller.dn());
      StoredText.check(owner);
      return new ResolvedAccount(owner, caller.stableId().isPresent(), true);
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
