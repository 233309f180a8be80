/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.IdentitySource;
import io.cadastre.service.config.NameCase;
import io.cadastre.service.directory.LookupResult;
import io.cadastre.service.directory.LookupResult.Account;
import io.cadastre.service.directory.LookupResult.NoAccount;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.RealIds;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.StoredText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Resolves the account of a request by the configured source of identity. Thread-safe. */
public final class Identities {
  private final IdentitySource source;
  private final Accounts accounts;
  private final NameCase nameCase;

  /** Resolves accounts by this source, with names as the requests spell them. */
  public Identities(IdentitySource source, Accounts accounts) {
    this(source, accounts, NameCase.PRESERVE);
  }

  /** Resolves accounts by this source, with names in this case. */
  public Identities(IdentitySource source, Accounts accounts, NameCase nameCase) {
    this.source = source;
    this.accounts = accounts;
    this.nameCase = nameCase;
  }

  /** The case of the owners' names. */
  NameCase nameCase() {
    return nameCase;
  }

  /** What this caller may change. */
  Scope scope(AuditContext caller) {
    return new Scope(caller, fromDirectory(), nameCase);
  }

  /** Whether accounts come from the directory, not from the caller. */
  public boolean fromDirectory() {
    return source == IdentitySource.DIRECTORY;
  }

  /**
   * The account of a request.
   *
   * @param owner the identity of the account
   * @param formerStableId the text of the stable id in earlier versions, if it was another
   * @param byStableId whether the stable id tells the account from a later one of the same name and
   *     uid; false if a caller sent none
   * @param entitled whether the site gives such accounts a range
   */
  record ResolvedAccount(
      Owner owner, Optional<String> formerStableId, boolean byStableId, boolean entitled) {

    /** Whether earlier versions recorded this owner by the stable id of the account. */
    boolean wasRecordedAs(Owner recorded) {
      return formerStableId.filter(recorded.stableId()::equals).isPresent();
    }
  }

  /**
   * Resolves the accounts of these requests; asks the directory for all of them at once.
   *
   * @return the account of a request; throws {@link Refused} if there is none, if the account
   *     cannot own a range, or if the request does not fit the source of identity
   */
  Function<AllocateRequest, ResolvedAccount> resolveAll(List<AllocateRequest> requests) {
    if (source == IdentitySource.CALLER) {
      return this::vouched;
    }
    Map<OwnerName, LookupResult> results =
        accounts.find(requests.stream().map(request -> nameCase.of(request.name())).toList());
    return request -> {
      if (request.identity().isPresent()) {
        throw new Refused(
            RefusalCode.BAD_REQUEST,
            "identities come from the directory (identity.source: directory), so the request must"
                + " not carry a uidNumber, gidNumber, stableId or dn");
      }
      OwnerName name = nameCase.of(request.name());
      return resolved(name, results.getOrDefault(name, new NoAccount()));
    };
  }

  /** Resolves the account of one request, under the same rules. */
  ResolvedAccount resolve(AllocateRequest request) {
    return resolveAll(List.of(request)).apply(request);
  }

  private static ResolvedAccount resolved(OwnerName name, LookupResult result) {
    return result.fold(
        Identities::resolved,
        refused -> {
          throw new Refused(
              RefusalCode.INVALID_IDENTITY,
              "%s; %s".formatted(refused.finding().message(), refused.finding().remedy()));
        },
        none -> {
          throw new Refused(
              RefusalCode.UNKNOWN_ACCOUNT,
              "the directory has no account named %s%s"
                  .formatted(name, none.near().map(near -> "; " + near).orElse("")));
        });
  }

  private static ResolvedAccount resolved(Account account) {
    if (account.ambiguous()) {
      throw new Refused(
          RefusalCode.AMBIGUOUS_ACCOUNT,
          "another account shares the name %s, the uidNumber %d or the stable id %s; give each its own in the directory: \"cadastre audit\" names both"
              .formatted(
                  account.owner().name(), account.owner().uidNumber(), account.owner().stableId()));
    }
    return new ResolvedAccount(account.owner(), account.formerStableId(), true, account.entitled());
  }

  private ResolvedAccount vouched(AllocateRequest request) {
    return request
        .identity()
        .map(caller -> vouched(request, caller))
        .orElseThrow(
            () ->
                new Refused(
                    RefusalCode.BAD_REQUEST,
                    "identities come from the caller (identity.source: caller), and this request"
                        + " carries none. Send it with PUT /v1/owners/NAME, as {\"uidNumber\":"
                        + " 1001, \"gidNumber\": 1001}, or by the hook: cadastre-provision --uid"
                        + " 1001 --gid 1001 NAME"));
  }

  private ResolvedAccount vouched(AllocateRequest request, CallerIdentity caller) {
    try {
      OwnerName name = nameCase.of(request.name());
      String stableId =
          caller
              .stableId()
              .map(StableIdText::ofCaller)
              .orElseGet(() -> StableIdText.unidentified(caller.uidNumber(), name));
      Owner owner = new Owner(stableId, name, caller.uidNumber(), caller.gidNumber(), caller.dn());
      StoredText.check(owner);
      return new ResolvedAccount(owner, Optional.empty(), caller.stableId().isPresent(), true);
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.INVALID_IDENTITY, e);
    }
  }

  /** Returns what is known of real IDs in a range, including the IDs of this owner. */
  Function<IdRange, RealIds> realIdsWith(Owner owner) {
    return range ->
        range.contains(owner.uidNumber()) || range.contains(owner.gidNumber())
            ? RealIds.PRESENT
            : accounts.realIds(range);
  }
}
