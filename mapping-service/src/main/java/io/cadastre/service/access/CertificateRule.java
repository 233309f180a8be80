/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A rule that makes a caller of a certificate with a matching name. Immutable.
 *
 * @param subject the name, or the pattern of names
 * @param name the caller's name in events; empty for the name in the certificate
 * @param bounds what the caller is limited to; for a node without a bound the host in the
 *     certificate is one
 */
public record CertificateRule(
    SubjectPattern subject, Optional<String> name, Role role, Bounds bounds) {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,253}[A-Za-z0-9])?");

  /**
   * Checks that the rule gives no more than it says.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public CertificateRule {
    name.ifPresent(AccessToken::checkName);
    if (subject.hasWildcard() && name.isPresent()) {
      throw new IllegalArgumentException(
          "name is refused beside a *: events could not tell the certificates apart");
    }
    if (subject.hasWildcard() && role == Role.ADMIN) {
      throw new IllegalArgumentException(
          "* is refused for the role admin: write a rule for each admin's certificate");
    }
    BoundsRule.check(role, bounds);
  }

  /**
   * Returns the caller of a name that matches; empty if the name is no host's and the rule is for
   * nodes.
   *
   * @param credential the public ID of the certificate
   */
  Optional<Principal> principal(SubjectName subjectName, String credential) {
    return boundsOf(subjectName)
        .map(
            limits ->
                new Principal(
                    name.orElse(subjectName.value()),
                    role,
                    CredentialKind.CERTIFICATE,
                    Optional.of(credential),
                    limits));
  }

  private Optional<Bounds> boundsOf(SubjectName subjectName) {
    Optional<String> host = subject.host(subjectName);
    if (role != Role.NODE || bounds.nodes().isPresent() || host.isEmpty()) {
      return Optional.of(bounds);
    }
    return host.filter(text -> HOST.matcher(text).matches())
        .map(
            text ->
                new Bounds(
                    bounds.pool(),
                    bounds.uids(),
                    bounds.stableIdPrefix(),
                    bounds.dnBase(),
                    Optional.of(text)));
  }
}
