/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The use cases of the service; all that {@code rest} and {@code cli} know of it.
 *
 * <ul>
 *   <li>Commands ({@code ...Commands}) change the ledger. A method is a use case: it checks the
 *       {@link io.cadastre.service.registry.ChangeGate}, asks the directory, runs one transaction
 *       and wakes the {@link io.cadastre.service.registry.Publisher}.
 *   <li>Queries ({@code ...Queries}) read the ledger and change nothing.
 *   <li>Background work runs on a schedule and on request: {@code AccountSynchronizer}, {@code
 *       Reconciler}, {@code LedgerVerification}, {@code Audit}, {@code Publisher}.
 *   <li>All other types are the requests and results of these, or parts inside the package.
 * </ul>
 *
 * <p>Joins the ledger and the directory; contains no SQL, no LDAP and no HTTP.
 */
package io.cadastre.service.registry;
