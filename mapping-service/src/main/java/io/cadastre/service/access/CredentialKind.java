/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.Locale;

/** The kinds of credentials, as events name them. */
public enum CredentialKind {
  /** A token of the registry. */
  TOKEN,
  /** The token of {@code access.bootstrapTokenFile}. */
  BOOTSTRAP,
  /** A client's certificate. */
  CERTIFICATE,
  /** An access token of an OpenID provider. */
  OIDC,
  /** None: {@code access: open}. */
  OPEN;

  /** Returns the kind as JSON and events write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
