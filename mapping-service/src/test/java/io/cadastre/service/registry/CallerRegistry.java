/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.IdentitySource;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.OwnerName;
import java.util.Optional;

/** A registry whose identities come from the caller and that publishes nowhere. */
final class CallerRegistry {
  static final AuditContext TEST =
      new AuditContext("test", Optional.empty(), Optional.of("a test"));

  final Ledger ledger;
  final ChangeGate gate = ChangeGate.open();
  final OwnerCommands registry;
  final OwnerQueries lookups;
  final IdentityCommands rebinding;

  CallerRegistry(Ledger ledger) {
    this(ledger, AdmissionRules.byDefault());
  }

  CallerRegistry(Ledger ledger, AdmissionRules rules) {
    Accounts accounts = Accounts.none();
    Identities identities = new Identities(IdentitySource.CALLER, accounts);
    Publisher publisher = new Publisher(ledger, Optional.empty(), gate);
    this.ledger = ledger;
    this.registry = new OwnerCommands(ledger, identities, publisher, gate, rules);
    this.lookups = new OwnerQueries(ledger);
    this.rebinding = new IdentityCommands(ledger, accounts, identities, publisher, gate);
  }

  static AllocateRequest request(String name, long uid, String stableId) {
    return request(name, uid, Optional.of(stableId), Optional.empty());
  }

  static AllocateRequest unidentified(String name, long uid) {
    return request(name, uid, Optional.empty(), Optional.empty());
  }

  static AllocateRequest request(
      String name, long uid, Optional<String> stableId, Optional<String> pool) {
    return new AllocateRequest(
        new OwnerName(name),
        pool,
        Optional.of(new CallerIdentity(uid, uid, stableId, Optional.empty())));
  }

  AllocationResult allocate(String name, long uid, String stableId) {
    return registry.allocate(request(name, uid, stableId), TEST);
  }

  AllocationResult allocateIn(String pool, String name, long uid) {
    return registry.allocate(
        request(name, uid, Optional.of("id-" + name), Optional.of(pool)), TEST);
  }

  void retire(String name) {
    registry.retire(new OwnerName(name), TEST);
  }

  Allocation present(String nameOrUid) {
    return lookups.owner(nameOrUid).present();
  }
}
