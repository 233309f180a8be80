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
 */
public record Presented(Optional<String> bearer, List<X509Certificate> certificates) {
  /** Copies the list. */
  public Presented {
    certificates = List.copyOf(certificates);
  }

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return "Presented[bearer=%s, certificates=%d]"
        .formatted(bearer.isPresent() ? "..." : "none", certificates.size());
  }
}
