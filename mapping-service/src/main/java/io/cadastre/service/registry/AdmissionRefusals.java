/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ShellWord;
import java.util.List;

/** The refusals of {@link Admission}: what is wrong, and the remedy. */
final class AdmissionRefusals {
  private AdmissionRefusals() {}

  static Refused reservedName(Owner owner) {
    return new Refused(
        RefusalCode.RESERVED_NAME,
        "the name %s is reserved: nodes have local accounts of that name, so it gets no new range. Rename the account, or take the name out of reservedNames in the configuration."
            .formatted(owner.name()));
  }

  static Refused notEntitled(Owner owner) {
    return new Refused(
        RefusalCode.NOT_ENTITLED,
        "%s (uid %d) exists but is outside of what the site gives ranges to: see entitlementFilter and minimumUid in the configuration"
            .formatted(owner.name(), owner.uidNumber()));
  }

  static Refused identityChanged(Owner recorded, Owner account) {
    return new Refused(
        RefusalCode.IDENTITY_CHANGED,
        "%s (uid %d) is known by the stable id %s and now has %s. If it is the same person, for instance after the directory was reloaded, run: cadastre rebind %s --reason WHY - if it is another person, then also: cadastre supersede %s --reason WHY"
            .formatted(
                account.name(),
                account.uidNumber(),
                recorded.stableId(),
                account.stableId(),
                ShellWord.of(account.name().value()),
                ShellWord.of(account.name().value())));
  }

  static Refused identityReused(Allocation recorded, Owner account) {
    return new Refused(
        RefusalCode.IDENTITY_REUSED,
        "the name %s or the uid %d belongs to an owner whose range %s is %s, and the request has no stableId that could tell whether this is the same person. Send a stableId, after: cadastre rebind %s --uid-number %d --gid-number %d --stable-id ID --reason WHY"
            .formatted(
                account.name(),
                account.uidNumber(),
                recorded.uidRange(),
                recorded.state().word(),
                ShellWord.of(recorded.owner().name().value()),
                account.uidNumber(),
                account.gidNumber()));
  }

  static Refused formerOwner(Owner former, Owner current) {
    return new Refused(
        RefusalCode.WRONG_STATE,
        "%s (uid %d) is retired, and the active owner %s (uid %d) has that name or uid now: a new active range of the retired owner would be found under it. Give the retired owner's account another name and uid first; a PUT then reinstates the range."
            .formatted(former.name(), former.uidNumber(), current.name(), current.uidNumber()));
  }

  static Refused ownerRetired(Allocation known, AllocateRequest request) {
    return new Refused(
        RefusalCode.OWNER_RETIRED,
        "%s (uid %d) is retired, and the range %s stays reserved. To give it back, send {\"reinstate\": true}%s"
            .formatted(
                known.owner().name(),
                known.owner().uidNumber(),
                known.uidRange(),
                request.identity().isPresent()
                    ? ""
                    : ", or run: cadastre allocate --reinstate "
                        + ShellWord.of(request.name().value())));
  }

  static Refused ownerRenamed(OwnerName former, Owner owner) {
    return new Refused(
        RefusalCode.OWNER_RENAMED,
        "%s is a former name: its last owner is %s (uid %d) now and is not retired, and nothing was changed. To retire that owner, run: cadastre retire %s"
            .formatted(
                former, owner.name(), owner.uidNumber(), ShellWord.of(owner.name().value())));
  }

  static Refused neverUnderThatId(OwnerName name, String stableId) {
    return new Refused(
        RefusalCode.UNKNOWN_OWNER,
        "no owner with the stable id %s has, or had, the name %s, and nothing was changed. GET /v1/owners/NAME shows an owner's stable id"
            .formatted(stableId, name));
  }

  static Refused otherPool(Allocation known, String wanted) {
    return new Refused(
        RefusalCode.OTHER_POOL,
        "%s has the range %s of %s; an owner has one range, so pool %s is refused. An admin can supersede it."
            .formatted(
                known.owner().name(),
                known.uidRange(),
                known.pool().map(p -> "pool " + p).orElse("no pool (imported)"),
                wanted));
  }

  static Refused unknownPool(String wanted, List<Pool> pools) {
    return new Refused(
        RefusalCode.UNKNOWN_POOL,
        "there is no pool \"%s\"; the pools are %s"
            .formatted(wanted, String.join(", ", pools.stream().map(Pool::name).toList())));
  }
}
