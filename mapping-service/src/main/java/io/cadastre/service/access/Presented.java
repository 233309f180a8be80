/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The credentials that a request shows.
 *
 * @param bearer the token of {@code Authorization: Bearer}
 * @param certificates the client's certificate and its chain, verified by the TLS handshake; empty
 *     without one
 * @param session the cookie of a session, which only the pages for people look at
 */
public record Presented(
    Optional<String> bearer, List<X509Certificate> certificates, Optional<String> session) {
  /** What a program shows. */
  public Presented(Optional<String> bearer, List<X509Certificate> certificates) {
    this(bearer, certificates, Optional.empty());
  }

  /** What a browser shows. */
  public static Presented ofSession(Optional<String> session) {
    return new Presented(Optional.empty(), List.of(), session);
  }

  /** Copies the list. */
  public Presented {
    certificates = List.copyOf(certificates);
  }

  /** Keeps the secrets out of logs. */
  @Override
  public String toString() {
    return "Presented[bearer=%s, certificates=%d, session=%s]"
        .formatted(
            bearer.isPresent() ? "..." : "none",
            certificates.size(),
            session.isPresent() ? "..." : "none");
  }
}
