/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.schema.SchemaNames;
import java.util.Optional;

/**
 * Tells whether the server's schema has the attribute of the revision. A server with the schema of
 * an earlier version refuses entries with it. A schema that cannot be read counts as an earlier
 * one, so that publishing goes on. Reads the schema when first asked. Thread-safe.
 */
final class PublishSchema {
  private final LdapPool pool;
  private final String base;
  private volatile Optional<Boolean> known = Optional.empty();

  /** The schema that governs this base. */
  PublishSchema(LdapPool pool, String base) {
    this.pool = pool;
    this.base = base;
  }

  /** Whether entries may have the revision. */
  boolean hasRevision() {
    boolean has = known.orElseGet(this::read);
    known = Optional.of(has);
    return has;
  }

  /** Reads the schema anew when next asked: it, or the server that answers, may have changed. */
  void forget() {
    known = Optional.empty();
  }

  private boolean read() {
    return DirectorySchema.read(pool, base)
        .allows(SchemaNames.ALLOCATION_CLASS, SchemaNames.REVISION);
  }
}
