/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Reads accounts from LDAP, and publishes the allocations of the ledger as LDAP entries.
 *
 * <p>Only this package imports operations of UnboundID's LDAP SDK. No exception of the SDK leaves
 * it: an outage becomes {@link io.cadastre.service.directory.DirectoryUnavailable}, a fault of one
 * entry becomes a finding. The package knows neither the ledger nor the rules for ranges.
 */
package io.cadastre.service.directory;
