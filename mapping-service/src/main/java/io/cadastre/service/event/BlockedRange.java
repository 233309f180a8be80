/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A range of a node's local row, which an admin has blocked, as the event holds it.
 *
 * @param type {@code subuid} or {@code subgid}
 * @param start the first ID
 * @param count how many IDs
 * @param source the row and its node
 */
@JsonPropertyOrder({"type", "start", "count", "source"})
public record BlockedRange(String type, long start, long count, String source) {}
