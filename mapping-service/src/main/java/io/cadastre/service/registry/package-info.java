/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The use cases: allocate, retire, supersede, rebind, follow the directory, publish, reconcile,
 * import and audit. Joins the ledger and the directory; knows neither SQL nor LDAP nor HTTP.
 */
package io.cadastre.service.registry;
