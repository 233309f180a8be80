/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.schema;

import java.io.InputStream;
import java.util.Optional;

/** Opens the schema files, which are on the class path. */
public final class SchemaFiles {
  /** Cadastre's schema for 389-DS. */
  public static final String CADASTRE_389DS = "389ds/99cadastre.ldif";

  /** FreeIPA's subordinate IDs for 389-DS. */
  public static final String IPA_389DS = "389ds/98ipa-subid.ldif";

  private SchemaFiles() {}

  /**
   * Opens a schema file; the caller closes the stream.
   *
   * @param name its path, as {@code openldap/cadastre.schema}; the constants name those of 389-DS
   * @throws IllegalArgumentException if there is no file of that name
   */
  public static InputStream open(String name) {
    return Optional.ofNullable(SchemaFiles.class.getResourceAsStream(name))
        .orElseThrow(() -> new IllegalArgumentException("there is no schema file " + name));
  }
}
