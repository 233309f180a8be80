/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.event.Event;
import java.util.List;
import java.util.Optional;

/**
 * A page of the audit log.
 *
 * @param events oldest first
 * @param next the {@code after} of the next page; absent on the last
 */
public record EventsJson(List<Event> events, Optional<Long> next) {}
