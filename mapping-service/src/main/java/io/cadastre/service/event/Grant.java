/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import java.time.Instant;

/**
 * The first event of an allocation.
 *
 * @param at when it was recorded
 * @param by the actor
 * @param reason the reason; empty if none was given
 */
public record Grant(Instant at, String by, String reason) {}
