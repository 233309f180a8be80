/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.access.AccessTable;
import io.cadastre.service.access.Authenticator;
import io.cadastre.service.config.AccessConfiguration;
import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.config.LimitsConfiguration;
import io.cadastre.service.rest.http.AccessFilter;
import io.cadastre.service.rest.http.ApiPath;
import io.cadastre.service.rest.http.HostRule;
import io.cadastre.service.rest.http.Refusals;
import io.cadastre.service.rest.http.RequestRates;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The access control of both connectors.
 *
 * @param authenticators the kinds of credentials; empty for a registry that is open to everyone
 * @param hosts the names of the service
 * @param open the paths whose GET needs no credential
 * @param rates how many requests may come
 */
public record Access(
    Optional<List<Authenticator>> authenticators,
    HostRule hosts,
    Set<String> open,
    RequestRates rates) {

  /** Returns what the configuration says. */
  public static Access of(CadastreConfiguration configuration, Authenticator... authenticators) {
    AccessConfiguration access = configuration.access();
    LimitsConfiguration limits = configuration.limits();
    return new Access(
        access.isOpen() ? Optional.empty() : Optional.of(List.of(authenticators)),
        new HostRule(access.hosts()),
        access.snapshotIsOpen() ? AccessRules.SNAPSHOTS : Set.of(),
        new RequestRates(limits.credential(), limits.address(), limits.failures()));
  }

  AccessFilter filter(AccessTable table, ApiPath paths, Refusals refusals) {
    return new AccessFilter(
        table.opened(open), authenticators, hosts, rates, AccessRules.SNAPSHOTS, paths, refusals);
  }
}
