/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The present state of the ledger in memory: what look-ups, the snapshot and its changes are
 * answered from.
 *
 * <p>{@link io.cadastre.service.view.LedgerView} is the state behind one event, immutable and
 * packed: no object for each allocation. {@link io.cadastre.service.view.CurrentView} holds the
 * newest one and moves it on by the events of each commit. History is not in it: the database
 * answers that.
 *
 * <p>Knows the ledger, and no registry, HTTP or SQL.
 */
package io.cadastre.service.view;
