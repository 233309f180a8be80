/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

/** The protection of a connection to a directory. */
public enum Security {
  /** None: for a server on the same host. */
  NONE(389),
  /** StartTLS on the plain port, before the bind. */
  STARTTLS(389),
  /** TLS from the first byte. */
  LDAPS(636);

  private final int defaultPort;

  Security(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  /** The port of a server with no port in its address. */
  public int defaultPort() {
    return defaultPort;
  }
}
