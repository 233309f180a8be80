/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.Origin;
import cadastre.subid.Allocation;
import cadastre.subid.OwnerName;
import java.util.Optional;

/** A registry whose identities come from the caller and that publishes nowhere. */
final class CallerRegistry {
  static final Origin TEST = new Origin("test", Optional.empty(), Optional.of("a test"));

  final Ledger ledger;
  final DirectoryGuard guard = DirectoryGuard.open();
  final Registry registry;
  final Lookups lookups;
  final Rebinding rebinding;

  CallerRegistry(Ledger ledger) {
    this(ledger, AdmissionRules.byDefault());
  }

  CallerRegistry(Ledger ledger, AdmissionRules rules) {
    Accounts accounts = Accounts.none();
    Identities identities = new Identities(Identities.Source.CALLER, accounts);
    Publisher publisher = new Publisher(ledger, Optional.empty(), guard);
    this.ledger = ledger;
    this.registry = new Registry(ledger, identities, publisher, guard, rules);
    this.lookups = new Lookups(ledger);
    this.rebinding = new Rebinding(ledger, accounts, identities, publisher, guard);
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

  Granted allocate(String name, long uid, String stableId) {
    return registry.allocate(request(name, uid, stableId), TEST);
  }

  Granted allocateIn(String pool, String name, long uid) {
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
