/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.time.Duration;

/** How many owners wait to be published, and for how long the oldest has waited. */
public record OutboxAge(long owners, Duration oldest) {}
