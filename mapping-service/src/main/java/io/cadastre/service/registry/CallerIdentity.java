/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import java.util.Optional;

/**
 * An account that its caller vouches for, where {@code identity.source} is {@code caller}.
 *
 * @param uidNumber the uid
 * @param gidNumber the primary gid
 * @param stableId what tells this account from a later one of the same name and uid
 * @param dn where the account's entry is; without it nothing is published
 */
public record CallerIdentity(
    long uidNumber, long gidNumber, Optional<String> stableId, Optional<String> dn) {}
