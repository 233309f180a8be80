/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.CertificateRule;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.SubjectName.Kind;
import io.cadastre.service.access.SubjectPattern;
import io.cadastre.service.access.UidRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A rule of {@code access.certificates}, with the bounds that a token can have. */
public final class CertificateRuleConfiguration {
  @JsonProperty private Optional<String> dns = Optional.empty();
  @JsonProperty private Optional<String> uri = Optional.empty();
  @JsonProperty private Optional<String> email = Optional.empty();
  @JsonProperty private Optional<String> name = Optional.empty();
  @JsonProperty private Optional<String> role = Optional.empty();
  @JsonProperty private Optional<String> pool = Optional.empty();
  @JsonProperty private Optional<String> uids = Optional.empty();
  @JsonProperty private Optional<String> stableIdPrefix = Optional.empty();
  @JsonProperty private Optional<String> dnBase = Optional.empty();
  @JsonProperty private Optional<String> nodes = Optional.empty();

  /**
   * Returns the rule.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  CertificateRule rule() {
    List<SubjectPattern> subjects =
        Stream.of(pattern(Kind.DNS, dns), pattern(Kind.URI, uri), pattern(Kind.EMAIL, email))
            .flatMap(Optional::stream)
            .toList();
    if (subjects.size() != 1) {
      throw new IllegalArgumentException("a rule has exactly one of dns, uri and email");
    }
    String word = role.orElse("");
    return new CertificateRule(
        subjects.get(0),
        name,
        Role.of(word)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "role is \"%s\"; the roles are provisioner, node, auditor and admin"
                            .formatted(word))),
        new Bounds(pool, uids.map(UidRange::parse), stableIdPrefix, dnBase, nodes));
  }

  private static Optional<SubjectPattern> pattern(Kind kind, Optional<String> text) {
    return text.map(value -> new SubjectPattern(kind, value));
  }
}
