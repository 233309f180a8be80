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
 * @param reinstate whether a retired owner gets the range back; without it that is refused
 */
public record AllocateRequest(
    OwnerName name, Optional<String> pool, Optional<CallerIdentity> identity, boolean reinstate) {
  /** A request that does not undo a retirement. */
  public AllocateRequest(OwnerName name, Optional<String> pool, Optional<CallerIdentity> identity) {
    this(name, pool, identity, false);
  }
}
