/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The plain texts: snapshot, subuid(5) lines, changes and CSV. */
package io.cadastre.service.rest.text;
