/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.IdentitySource;
import io.cadastre.service.config.NameCase;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.registry.AllocationResult.Allocated;
import io.cadastre.service.view.CurrentView;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Optional;

/** The commands and queries, with identities from the caller and without a directory. */
final class CallerSite {
  static final AuditContext TEST =
      new AuditContext("test", Optional.empty(), Optional.of("a test"));

  final Ledger ledger;
  final ChangeGate gate = ChangeGate.open();
  final OwnerCommands ownerCommands;
  final OwnerQueries ownerQueries;
  final IdentityCommands identityCommands;
  final ImportCommands importCommands;

  CallerSite(Ledger ledger) {
    this(ledger, AdmissionRules.byDefault());
  }

  CallerSite(Ledger ledger, AdmissionRules rules) {
    Accounts accounts = Accounts.none();
    Identities identities = new Identities(IdentitySource.CALLER, accounts);
    Publisher publisher = new Publisher(ledger, Optional.empty(), gate);
    this.ledger = ledger;
    this.ownerCommands = new OwnerCommands(ledger, identities, publisher, gate, rules);
    this.ownerQueries = new OwnerQueries(CurrentView.of(ledger), ledger);
    this.identityCommands =
        new IdentityCommands(ledger, accounts, identities, publisher, gate, rules);
    this.importCommands = new ImportCommands(ledger, accounts, identities, publisher, gate, rules);
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

  Allocated allocate(String name, long uid, String stableId) {
    return ownerCommands.allocate(request(name, uid, stableId), TEST);
  }

  Allocated reinstate(String name, long uid, String stableId) {
    return ownerCommands.allocate(reinstating(request(name, uid, stableId)), TEST);
  }

  static AllocateRequest reinstating(AllocateRequest request) {
    return new AllocateRequest(request.name(), request.pool(), request.identity(), true);
  }

  Allocated allocateIn(String pool, String name, long uid) {
    return ownerCommands.allocate(
        request(name, uid, Optional.of("id-" + name), Optional.of(pool)), TEST);
  }

  void retire(String name) {
    ownerCommands.retire(new OwnerName(name), TEST);
  }

  List<Event> history(String name) {
    return new AuditLogQueries(ledger, NameCase.PRESERVE)
        .after(0, EventOwner.named(new OwnerName(name)), Integer.MAX_VALUE - 1)
        .events();
  }

  Allocation present(String nameOrUid) {
    return ownerQueries.owner(nameOrUid);
  }
}
