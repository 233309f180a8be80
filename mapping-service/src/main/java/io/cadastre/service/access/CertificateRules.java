/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rules of {@code access.certificates}. A certificate makes a caller if exactly one rule
 * matches; with two it makes none, so that neither the order of the rules nor a second name in a
 * certificate gives more than asked. If several names match the one rule, the first names the
 * caller. Immutable.
 */
public final class CertificateRules {
  private final List<CertificateRule> rules;

  /** These rules. */
  public CertificateRules(List<CertificateRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Returns the caller.
   *
   * @param certificate the client's own, whose chain was verified
   * @throws Unauthenticated if no rule matches, or more than one
   */
  public Principal principal(X509Certificate certificate) throws Unauthenticated {
    List<SubjectName> names = SubjectName.of(certificate);
    String credential = credential(certificate);
    List<CertificateRule> matching = new ArrayList<>();
    Optional<Principal> principal = Optional.empty();
    for (CertificateRule rule : rules) {
      Optional<Principal> caller =
          names.stream()
              .filter(rule.subject()::matches)
              .flatMap(name -> rule.principal(name, credential).stream())
              .findFirst();
      if (caller.isPresent()) {
        matching.add(rule);
        principal = caller;
      }
    }
    if (matching.size() > 1) {
      throw new Unauthenticated(
          "the certificate %s matches %d rules of access.certificates (%s), and takes one only"
              .formatted(
                  credential,
                  matching.size(),
                  matching.stream()
                      .map(rule -> rule.subject().toString())
                      .collect(Collectors.joining("; "))));
    }
    return principal.orElseThrow(
        () ->
            new Unauthenticated(
                "the certificate %s matches no rule of access.certificates; its names are %s"
                    .formatted(credential, names)));
  }

  /**
   * Returns the public ID of a certificate: its serial number as CAs and openssl write it, and its
   * SHA-256 fingerprint, since serial numbers of two CAs may be equal.
   */
  public static String credential(X509Certificate certificate) {
    try {
      String serial = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
      return "%s%s sha256:%s"
          .formatted(
              serial.length() % 2 == 0 ? "" : "0",
              serial,
              HexFormat.of()
                  .formatHex(
                      MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was parsed can be encoded", e);
    }
  }
}
