/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.directory;

/** A small LDAP server inside the service, on loopback: for trials and tests. */
@SuppressWarnings("DoNotCallSuggester")
public final class EmbeddedDirectory implements AutoCloseable {

  /**
   * Starts it with the saved state, or with the accounts' LDIF where nothing was saved yet.
   *
   * @throws IllegalArgumentException if a file is wrong, saying where
   */
  public static EmbeddedDirectory start(EmbeddedConfiguration configuration) {
    throw new UnsupportedOperationException();
  }

  /** The port on 127.0.0.1. */
  public int port() {
    throw new UnsupportedOperationException();
  }

  /** Who may write; reading needs no bind. */
  public String bindDn() {
    throw new UnsupportedOperationException();
  }

  /** The password of {@link #bindDn()}, drawn anew at every start. */
  public String password() {
    throw new UnsupportedOperationException();
  }

  /** Saves and stops. */
  @Override
  public void close() {}
}
