/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.rest;

import cadastre.service.ledger.Ledger;
import cadastre.service.registry.Audit;
import cadastre.service.registry.Lookups;
import cadastre.service.registry.Rebinding;
import cadastre.service.registry.Registry;
import io.dropwizard.core.setup.Environment;

/** Everything under /v1. */
public record RestApi(
    Ledger ledger, Registry registry, Lookups lookups, Rebinding rebinding, Audit audit) {

  /** Registers the resources, the mapper of failures and the filters. */
  public void register(Environment environment) {
    environment.jersey().enable("jersey.config.server.disableAutoDiscovery");
  }
}
