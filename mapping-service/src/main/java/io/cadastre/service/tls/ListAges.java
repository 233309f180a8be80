/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs CAs without a revocation list that is valid now: all certificates that such a CA signed are
 * refused. Each hour again while it lasts. Not thread-safe.
 */
final class ListAges {
  private static final Logger LOG = LoggerFactory.getLogger(ListAges.class);
  private static final Duration AGAIN = Duration.ofHours(1);

  private final Clock clock;
  private List<X500Principal> cas = List.of();
  private List<X509CRL> lists = List.of();
  private Instant next = Instant.MIN;

  ListAges(Clock clock) {
    this.clock = clock;
  }

  /** Takes the CAs and the lists in use; without lists there is nothing to log. */
  void of(KeyStore store, Optional<List<X509CRL>> inUse) throws GeneralSecurityException {
    List<X500Principal> names = new ArrayList<>();
    if (inUse.isPresent()) {
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate ca
            && ca.getBasicConstraints() >= 0) {
          names.add(ca.getSubjectX500Principal());
        }
      }
    }
    cas = names;
    lists = inUse.orElse(List.of());
    next = Instant.MIN;
  }

  /** Logs them, unless it did within the last hour. */
  void log() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    for (X500Principal ca : cas) {
      if (lists.stream().noneMatch(list -> isOf(ca, list) && isCurrent(list, now))) {
        LOG.error(
            "no certificate of {} is accepted: {}; a new list in crlPath ends this",
            ca,
            lists.stream()
                .filter(list -> isOf(ca, list))
                .findFirst()
                .map(list -> "its revocation list was valid until " + until(list))
                .orElse("crlPath has no revocation list of it"));
        next = now.plus(AGAIN);
      }
    }
  }

  /** Returns whether the list is this CA's. */
  static boolean isOf(X500Principal ca, X509CRL list) {
    return list.getIssuerX500Principal().equals(ca);
  }

  /** Returns whether the list is valid; one that names no end is not. */
  static boolean isCurrent(X509CRL list, Instant now) {
    return list.getNextUpdate() != null && now.isBefore(list.getNextUpdate().toInstant());
  }

  private static String until(X509CRL list) {
    return list.getNextUpdate() == null
        ? "no time that it names"
        : list.getNextUpdate().toInstant().toString();
  }
}
