/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.OwnerName;
import java.util.Optional;

/**
 * A request for a range.
 *
 * @param name the account's login name
 * @param pool the pool of the range; the default pool if empty
 * @param identity the account, where {@code identity.source} is {@code caller}
 */
public record AllocateRequest(
    OwnerName name, Optional<String> pool, Optional<CallerIdentity> identity) {}
