/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import java.util.Optional;

/**
 * The account in a request, where {@code identity.source} is {@code caller}.
 *
 * @param uidNumber the uid
 * @param gidNumber the primary gid
 * @param stableId distinguishes the account from a later one with the same name and uid
 * @param dn the DN of the account; without it nothing is published
 */
public record CallerIdentity(
    long uidNumber, long gidNumber, Optional<String> stableId, Optional<String> dn) {}
