/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a Lustre file system's servers have to be told of subordinate IDs. Pure. */
package io.cadastre.service.lustre;
