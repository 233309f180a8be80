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
 * @param next what to ask for with {@code after}; absent if there were no more
 */
public record EventsJson(List<Event> events, Optional<Long> next) {}
