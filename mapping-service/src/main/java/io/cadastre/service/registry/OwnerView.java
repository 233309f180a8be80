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
 * An owner with the history.
 *
 * @param owner the identity, as last known
 * @param current the allocation in force
 * @param former the latest superseded allocations, latest last
 * @param history the latest events, oldest first
 * @param isCut whether there are earlier events
 */
public record OwnerView(
    Owner owner, Allocation current, List<Allocation> former, List<Event> history, boolean isCut) {}
