/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import io.cadastre.schema.SchemaNames;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    return pool.run(
        connection -> {
          try {
            @Nullable Schema schema = connection.getSchema(base);
            return schema != null && allowsRevision(schema);
          } catch (LDAPException e) {
            if (LdapResultCodes.meanUnavailable(e.getResultCode())) {
              throw e;
            }
            return false;
          }
        });
  }

  private static boolean allowsRevision(Schema schema) {
    @Nullable ObjectClassDefinition found = schema.getObjectClass(SchemaNames.ALLOCATION_CLASS);
    return found != null
        && Arrays.stream(found.getOptionalAttributes())
            .anyMatch(SchemaNames.REVISION::equalsIgnoreCase);
  }
}
