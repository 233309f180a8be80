/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cadastre.service.access.SubjectName.Kind;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateRuleTest {
  private static CertificateRule node(Kind kind, String pattern) {
    return new CertificateRule(
        new SubjectPattern(kind, pattern), Optional.empty(), Role.NODE, Bounds.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "DNS, n1.example.org, n1.example.org, n1.example.org",
    "DNS, n*.example.org, n12.example.org, n12.example.org",
    "DNS, N*.Example.ORG, n12.example.org, n12.example.org",
    "DNS, *.*.example.org, n1.rack2.example.org, n1.rack2.example.org",
    "URI, spiffe://example.org/node/*, spiffe://example.org/node/n1, n1",
  })
  void hostInTheCertificateIsTheBoundOfANode(Kind kind, String pattern, String name, String host) {
    CertificateRule rule = node(kind, pattern);
    SubjectName subject = new SubjectName(kind, name);

    assertThat(rule.subject().matches(subject)).isTrue();
    assertThat(rule.principal(subject, "1"))
        .hasValueSatisfying(
            caller -> {
              assertThat(caller.name()).isEqualTo(name);
              assertThat(caller.bounds().nodes()).contains(host);
              assertThat(caller.credentialText()).isEqualTo("certificate 1");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "DNS, n*.example.org, n.example.org",
    "DNS, n*.example.org, n1.rack2.example.org",
    "DNS, n*.example.org, n1xexample.org",
    "DNS, *.example.org, example.org",
    "URI, spiffe://example.org/node/*, spiffe://example.org/node/a/b",
    "URI, spiffe://example.org/node/*, spiffe://example.org/node/",
    "EMAIL, '*@example.org', a@b@example.org",
    "URI, n1.example.org, n1xexample.org",
  })
  void starIsOneLabel(Kind kind, String pattern, String name) {
    assertThat(new SubjectPattern(kind, pattern).matches(new SubjectName(kind, name))).isFalse();
  }

  /** What no host name can be is no bound: a * in it would be every node. */
  @ParameterizedTest
  @CsvSource({"*", "n*", "-n1", "n1:80", "%2A"})
  void nameThatIsNoHostMakesNoNode(String label) {
    CertificateRule rule = node(Kind.URI, "spiffe://example.org/node/*");

    assertThat(rule.principal(new SubjectName(Kind.URI, "spiffe://example.org/node/" + label), "1"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "*.example.org, ADMIN, , '* is refused for the role admin'",
    "*.example.org, NODE, image, name is refused beside a *",
    "a.example.org, AUDITOR, bootstrap, none of",
    "a b, AUDITOR, , is no name",
    "'', AUDITOR, , is no name",
  })
  void ruleThatGivesTooMuchIsRefused(String pattern, Role role, String name, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CertificateRule(
                    new SubjectPattern(Kind.DNS, pattern),
                    Optional.ofNullable(name),
                    role,
                    Bounds.NONE))
        .withMessageContaining(why);
  }
}
