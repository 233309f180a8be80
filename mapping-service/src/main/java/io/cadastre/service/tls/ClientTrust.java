/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import io.cadastre.service.access.CertificateRules;
import io.cadastre.service.access.Unauthenticated;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The judgement of the TLS handshake, for one set of CAs and revocation lists. It is asked again
 * for each request: a connection may outlive a certificate, and a resumed session shows none anew.
 * A certificate that was accepted is not looked at again for a minute, except for its dates.
 * Thread-safe.
 */
final class ClientTrust {
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final String NO_LIST =
      "there is no revocation list of its CA that is valid now; a new list in crlPath ends this";
  private static final int MOST_REMEMBERED = 10_000;

  private final X509TrustManager manager;
  private final Optional<List<X509CRL>> lists;
  private final Clock clock;
  private final Map<X509Certificate, Instant> accepted = new ConcurrentHashMap<>();

  /**
   * Trusts these CAs.
   *
   * @param lists the revocation lists, one of each CA; empty without revocation
   * @throws GeneralSecurityException if the store has no CA
   */
  ClientTrust(KeyStore cas, Optional<List<X509CRL>> lists, Clock clock)
      throws GeneralSecurityException {
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(cas, new X509CertSelector());
    parameters.setRevocationEnabled(lists.isPresent());
    if (lists.isPresent()) {
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists.get())));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    this.manager =
        Stream.of(factory.getTrustManagers())
            .filter(X509TrustManager.class::isInstance)
            .map(X509TrustManager.class::cast)
            .findFirst()
            .orElseThrow();
    this.lists = lists;
    this.clock = clock;
  }

  /** Java takes a list for 15 minutes more than it is valid. */
  private static void requireCurrentList(
      X509Certificate certificate, List<X509CRL> lists, Instant now) throws CertificateException {
    if (lists.stream()
        .filter(list -> ListAges.isOf(certificate.getIssuerX500Principal(), list))
        .noneMatch(list -> ListAges.isCurrent(list, now))) {
      throw new CertificateException(NO_LIST);
    }
  }

  /**
   * Requires that a client's certificate is valid now.
   *
   * @param chain the client's own certificate, and then those that it sent with it
   * @throws Unauthenticated if it has expired, is revoked, or is of no CA that is trusted
   */
  void require(List<X509Certificate> chain) throws Unauthenticated {
    X509Certificate own = chain.get(0);
    Instant now = clock.instant();
    try {
      // Java checks no dates of a certificate that is itself among the trusted ones.
      own.checkValidity(Date.from(now));
      if (lists.isPresent()) {
        requireCurrentList(own, lists.get(), now);
      }
      if (accepted.getOrDefault(own, Instant.MIN).isAfter(now)) {
        return;
      }
      manager.checkClientTrusted(
          chain.toArray(new X509Certificate[0]), own.getPublicKey().getAlgorithm());
    } catch (CertificateException e) {
      throw new Unauthenticated(
          "the certificate %s of %s is refused: %s"
              .formatted(
                  CertificateRules.credential(own), own.getSubjectX500Principal(), reason(e)));
    }
    if (accepted.size() >= MOST_REMEMBERED) {
      accepted.clear();
    }
    accepted.put(own, now.plus(REMEMBERED));
  }

  /** Returns why a certificate is refused, in words for an admin. */
  static String reason(Throwable refusal) {
    return Stream.iterate(refusal, Objects::nonNull, Throwable::getCause)
        .filter(CertPathValidatorException.class::isInstance)
        .map(e -> ((CertPathValidatorException) e).getReason())
        .flatMap(reason -> words(reason).stream())
        .findFirst()
        .orElseGet(() -> last(refusal));
  }

  private static Optional<String> words(CertPathValidatorException.Reason reason) {
    if (reason == BasicReason.REVOKED) {
      return Optional.of("it is revoked");
    }
    if (reason == BasicReason.UNDETERMINED_REVOCATION_STATUS) {
      return Optional.of(NO_LIST);
    }
    return reason == BasicReason.EXPIRED ? Optional.of("it has expired") : Optional.empty();
  }

  private static String last(Throwable refusal) {
    Throwable cause = refusal;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
