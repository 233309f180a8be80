/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import io.cadastre.subid.Snapshot;
import java.util.Optional;

/**
 * A snapshot as a service sent it.
 *
 * @param snapshot whole and well-formed; the guards have not seen it yet
 * @param etag the entity tag to ask with next time
 */
public record Fetched(Snapshot snapshot, Optional<String> etag) {}
