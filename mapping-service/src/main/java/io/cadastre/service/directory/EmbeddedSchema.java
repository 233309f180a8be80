/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFException;
import io.cadastre.schema.Profile;
import io.cadastre.schema.SchemaFiles;
import io.cadastre.schema.SchemaNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The schema of the embedded directory: UnboundID's, the accounts of RFC 2307, and Cadastre's. */
final class EmbeddedSchema {
  /** The attributes that are searched by equality. */
  static final List<String> INDEXED =
      List.of(
          "uid",
          "uidNumber",
          SchemaNames.STABLE_ID,
          SchemaNames.ALLOCATION_ID,
          Profile.GENERIC.owner(),
          Profile.IPA.owner());

  private EmbeddedSchema() {}

  static Schema schema() throws LDAPException {
    Schema merged =
        Schema.mergeSchemas(
            Schema.getDefaultStandardSchema(),
            parsed(EmbeddedSchema.class.getResourceAsStream("rfc2307.ldif")),
            parsed(SchemaFiles.open(SchemaFiles.CADASTRE_389DS)),
            parsed(SchemaFiles.open(SchemaFiles.IPA_389DS)));
    return Objects.requireNonNull(merged, "none of the four is null");
  }

  private static Schema parsed(@Nullable InputStream file) {
    try (InputStream in = Objects.requireNonNull(file, "the schema is not on the class path")) {
      return Objects.requireNonNull(Schema.getSchema(in), "the schema file has an entry");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (LDIFException e) {
      throw new IllegalStateException("a schema file of ours is wrong: " + e.getMessage(), e);
    }
  }
}
