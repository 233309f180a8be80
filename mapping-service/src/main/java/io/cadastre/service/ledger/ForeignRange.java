/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;

/** A range found in the directory that the ledger does not know; {@code source} is its DN. */
public record ForeignRange(IdType type, IdRange range, String source) {}
