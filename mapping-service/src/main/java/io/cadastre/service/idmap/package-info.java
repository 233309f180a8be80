/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The IDs that SSSD computes for the accounts of Active Directory (sssd-ldap(5), "ID MAPPING"), and
 * the SIDs of its domains. Pure; only this package imports Guava.
 */
package io.cadastre.service.idmap;
