/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.failure.OwnerHeld;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import io.cadastre.subid.ShellWord;
import java.time.Duration;
import java.util.Optional;

/** The refusals of {@link Scope}: the bound, what is outside of it, and the remedy. */
final class ScopeRefusals {
  /** Half of the time between two reads of the accounts by default. */
  private static final Duration NEXT_READ = Duration.ofSeconds(30);

  private ScopeRefusals() {}

  static Refused account(AuditContext caller, Outside outside, Owner account) {
    return outside(
        caller, outside, "the request for %s".formatted(account.name()), outside.found());
  }

  static Refused recorded(AuditContext caller, Outside outside, Owner owner) {
    return outside(caller, outside, owner.name().value(), outside.found() + " in the ledger");
  }

  private static Refused outside(
      AuditContext caller, Outside outside, String subject, String found) {
    return refused(
        "%s is bound to %s, and %s has %s; nothing was changed. An admin's credential, or one with other bounds, may do it."
            .formatted(caller.actor(), outside.bound(), subject, found));
  }

  static Refused noUids(AuditContext caller) {
    return refused(
        "%s is bound to no uids. With identity.source: caller the caller says who an account is, so a provisioner changes only owners with the uids of its credential; nothing was changed. An admin can make a token that has them: cadastre token make NAME --role provisioner --uids FIRST-LAST. For a certificate or a person, set uids in access.certificates or access.oidc."
            .formatted(caller.actor()));
  }

  static Refused withholds(AuditContext caller, Owner account, Owner other) {
    return refused(
        "%s has the role %s, and %s belongs to another owner, who would be withheld: that takes an admin; nothing was changed. An admin looks at \"cadastre owner %s\", and sends the same request if the account is a new one."
            .formatted(
                caller.actor(),
                caller.role().orElse("none"),
                shared(account, other),
                ShellWord.of(sharedWord(account, other))));
  }

  static Refused dnTaken(AuditContext caller, Owner account) {
    return refused(
        "the DN %s is that of another owner, who is outside of what %s is bound to; nothing was changed. An admin's credential, or one with other bounds, may do it."
            .formatted(account.dn().orElse("none"), caller.actor()));
  }

  static OwnerHeld untilTheNextRead(Owner account, Owner other) {
    return new OwnerHeld(
        "%s belongs to another owner in the ledger; nothing was changed. The next read of the accounts follows or withholds that owner, so try again; an admin can read them at once: cadastre follow"
            .formatted(shared(account, other)),
        NEXT_READ);
  }

  static Refused closedByAnother(
      AuditContext caller,
      Allocation closed,
      Owner account,
      Optional<Event> closing,
      boolean fromDirectory) {
    return refused(
        "%s %s, and %s has the role %s; nothing was changed. An admin can run: %s"
            .formatted(
                closed.owner().nameAndUid(),
                closing
                    .map(
                        event ->
                            "was %s at %s %s"
                                .formatted(
                                    closed.state().word(),
                                    event.at(),
                                    event
                                        .role()
                                        .map(role -> "by the role " + role)
                                        .orElse("without a role, which counts as an admin's")))
                    .orElse(
                        "is %s, and no event says by which role".formatted(closed.state().word())),
                caller.actor(),
                caller.role().orElse("none"),
                fromDirectory
                    ? "cadastre allocate --reinstate " + ShellWord.of(account.name().value())
                    : byTheHook(closed.state(), account)));
  }

  private static String byTheHook(AllocationState state, Owner account) {
    return "cadastre-provision%s --uid %d --gid %d%s%s -- %s"
        .formatted(
            state == AllocationState.RETIRED ? " --reinstate" : "",
            account.uidNumber(),
            account.gidNumber(),
            StableIdText.bySource(account.stableId())
                .map(id -> " --stable-id " + ShellWord.of(id))
                .orElse(""),
            account.dn().map(dn -> " --dn " + ShellWord.of(dn)).orElse(""),
            ShellWord.of(account.name().value()));
  }

  private static String shared(Owner account, Owner other) {
    return account.name().equals(other.name())
        ? "the name %s".formatted(account.name())
        : "the uid %d".formatted(account.uidNumber());
  }

  private static String sharedWord(Owner account, Owner other) {
    return account.name().equals(other.name())
        ? account.name().value()
        : String.valueOf(account.uidNumber());
  }

  private static Refused refused(String why) {
    return new Refused(RefusalCode.OUT_OF_SCOPE, why);
  }
}
