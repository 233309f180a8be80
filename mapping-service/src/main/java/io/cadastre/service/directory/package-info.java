/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The directory: reading who exists, and repeating in LDAP what the ledger decided.
 *
 * <p>The only package that imports UnboundID's LDAP SDK, whose exceptions end here: what asks for
 * patience becomes {@link io.cadastre.service.directory.DirectoryUnavailable}, what is wrong with
 * one entry becomes a finding. It knows no ledger and decides nothing about ranges.
 */
package io.cadastre.service.directory;
