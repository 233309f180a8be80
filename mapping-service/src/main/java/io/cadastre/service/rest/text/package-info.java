/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The plain texts: snapshot, subuid(5) lines, changes and CSV. Reads them from {@code registry} and
 * keeps the current snapshot; does not import ledger, directory, imports or lustre.
 */
package io.cadastre.service.rest.text;
