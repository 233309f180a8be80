/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdType;
import java.time.Instant;
import java.util.Optional;

/**
 * An ID that a read of the directory has shown.
 *
 * @param type SUBUID for a uid, SUBGID for a gid: the ID space in which no range may hold the ID
 * @param id the uid or gid
 * @param goneSince when a read first lacked the ID; empty while the ID exists
 */
public record KnownId(IdType type, long id, Optional<Instant> goneSince) {}
