/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The use cases of the service. {@code rest} calls the ledger and the directory through this
 * package only.
 *
 * <ul>
 *   <li>Commands ({@code ...Commands}) change the ledger. A method is a use case. Where it applies,
 *       a method checks the {@link io.cadastre.service.registry.ChangeGate} first, then asks the
 *       directory, then runs one transaction, then wakes the {@link
 *       io.cadastre.service.registry.Publisher}. {@code AdminCommands} joins the commands of
 *       admins, and {@code OfflineCommands} works on a ledger that no service has open.
 *   <li>Queries ({@code ...Queries}) read the ledger and change nothing.
 *   <li>Background work runs on a schedule and on request: {@code AccountSynchronizer}, {@code
 *       Reconciler}, {@code LedgerVerification}, {@code Audit}, {@code Publisher}.
 *   <li>State that the use cases share: {@code Accounts} (the last read of the directory), {@code
 *       ReadAge}, {@code ChangeGate} (whether changes are held back). Rules over it: {@code
 *       Identities}, {@code ReservedAccounts}, {@code AdmissionRules}.
 *   <li>All other types are the requests and results of these, or parts inside the package.
 * </ul>
 *
 * <p>Joins the ledger and the directory; contains no SQL, no LDAP and no HTTP. Some messages name a
 * request of the HTTP API or a command as the remedy.
 */
package io.cadastre.service.registry;
