/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A tree and a service for the rehearsal of a sync (docs/decisions/0085). Opens files only in a
 * folder of its own, and listens on loopback only.
 */
package io.cadastre.node.rehearsal;
