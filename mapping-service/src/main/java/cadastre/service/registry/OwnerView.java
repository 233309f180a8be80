/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.ledger.Event;
import cadastre.subid.Allocation;
import cadastre.subid.Owner;
import java.util.List;

/**
 * All that is known of an owner.
 *
 * @param owner the identity, as last known
 * @param present the allocation that counts
 * @param allocations all allocations, superseded ones included
 * @param history the events, oldest first
 */
public record OwnerView(
    Owner owner, Allocation present, List<Allocation> allocations, List<Event> history) {}
