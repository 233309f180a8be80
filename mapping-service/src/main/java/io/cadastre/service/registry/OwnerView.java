/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.Event;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Owner;
import java.util.List;

/**
 * What is known of an owner.
 *
 * @param owner the identity, as last known
 * @param present the allocation that counts
 * @param former superseded allocations, the latest ones, latest last
 * @param history the latest events, oldest first
 * @param isCut whether there are events before those of the history
 */
public record OwnerView(
    Owner owner, Allocation present, List<Allocation> former, List<Event> history, boolean isCut) {}
