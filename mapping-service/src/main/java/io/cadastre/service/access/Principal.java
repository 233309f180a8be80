/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.Optional;

/**
 * The caller of a request, as its credential shows.
 *
 * @param name the name of the credential, as events record it
 * @param role its role
 * @param kind the kind of credential
 * @param credential the public ID of the credential, if it has one; never a secret
 * @param bounds what it is limited to
 */
public record Principal(
    String name, Role role, CredentialKind kind, Optional<String> credential, Bounds bounds) {

  /**
   * Returns the caller of a registry without access control, who may do everything.
   *
   * @param address the client's address
   */
  public static Principal open(String address) {
    return new Principal(
        "anyone@" + address, Role.ADMIN, CredentialKind.OPEN, Optional.empty(), Bounds.NONE);
  }

  /** Returns the kind and the ID of the credential, for events: {@code token 4F9XQ2AB}. */
  public String credentialText() {
    return credential.map(id -> kind.word() + " " + id).orElse(kind.word());
  }
}
