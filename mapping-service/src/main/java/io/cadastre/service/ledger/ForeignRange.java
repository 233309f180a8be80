/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;

/**
 * A range in a directory entry that the ledger does not know.
 *
 * @param source the DN of the entry
 */
public record ForeignRange(IdType type, IdRange range, String source) {}
