/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.Unauthenticated;
import io.cadastre.service.config.OidcConfiguration;
import io.cadastre.service.config.OidcRole;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the person and the role from the claims of a token that is genuine. Immutable.
 *
 * @param provider the names of the claims, and the roles
 */
record PersonClaims(OidcConfiguration provider) {
  /** Before the name, so that no person has the name of a token or of a part of the service. */
  private static final String PREFIX = "oidc:";

  /** The column of the events has 255 characters. */
  private static final int MAX_CREDENTIAL = 240;

  private static final int MAX_NAME = 200;

  /** OpenID Connect Core 1.0, section 2: ASCII. */
  private static final Pattern SUBJECT = Pattern.compile("[!-~]{1,255}");

  /**
   * Returns the person: {@code oidc:NAME} with the issuer and the subject, which nobody else ever
   * has, as the credential.
   *
   * @throws Unauthenticated if a claim is missing or gives no role, or two
   */
  Principal principal(JWTClaimsSet claims) throws Unauthenticated {
    String subject = String.valueOf(claims.getSubject());
    String credential = provider.issuer() + " " + subject;
    if (!SUBJECT.matcher(subject).matches() || credential.length() > MAX_CREDENTIAL) {
      throw new Unauthenticated(
          "the token's sub has characters that no event shows, or is longer than %d characters"
              .formatted(MAX_CREDENTIAL - provider.issuer().length() - 1));
    }
    OidcRole role = role(claims);
    return new Principal(
        PREFIX + name(claims, subject),
        role.role(),
        CredentialKind.OIDC,
        Optional.of(credential),
        role.bounds());
  }

  private String name(JWTClaimsSet claims, String subject) throws Unauthenticated {
    if (!(claims.getClaim(provider.nameClaim()) instanceof String name)) {
      return subject;
    }
    if (name.isEmpty() || name.length() > MAX_NAME || !name.codePoints().allMatch(this::isShown)) {
      throw new Unauthenticated(
          "the token's %s has characters that no event shows, or not 1 to %d of them"
              .formatted(provider.nameClaim(), MAX_NAME));
    }
    return name;
  }

  private boolean isShown(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** An admin may do all that the others may; of other roles there must be one. */
  private OidcRole role(JWTClaimsSet claims) throws Unauthenticated {
    Set<OidcRole> roles =
        values(claims)
            .flatMap(value -> Optional.ofNullable(provider.roles().get(value)).stream())
            .collect(Collectors.toSet());
    Optional<OidcRole> admin = roles.stream().filter(r -> r.role() == Role.ADMIN).findFirst();
    if (admin.isPresent()) {
      return admin.get();
    }
    if (roles.isEmpty()) {
      throw new Unauthenticated(
          "no value of the token's claim %s stands for a role here".formatted(claim()));
    }
    if (roles.size() > 1) {
      throw new Unauthenticated(
          "the values of the token's claim %s stand for %d roles here, %s; a credential has one"
              .formatted(
                  claim(),
                  roles.size(),
                  roles.stream()
                      .map(r -> r.role().word())
                      .sorted()
                      .collect(Collectors.joining(" and "))));
    }
    return roles.iterator().next();
  }

  private Stream<String> values(JWTClaimsSet claims) throws Unauthenticated {
    Object found = claims.getClaims();
    for (String name : provider.roleClaim()) {
      found = found instanceof Map<?, ?> object && object.get(name) != null ? object.get(name) : "";
    }
    List<?> all = found instanceof Collection<?> many ? List.copyOf(many) : List.of(found);
    if (all.equals(List.of("")) || !all.stream().allMatch(String.class::isInstance)) {
      throw new Unauthenticated(
          "the token has no claim %s with a text or a list of texts, which gives the role"
              .formatted(claim()));
    }
    return all.stream().map(String.class::cast);
  }

  private String claim() {
    return String.join(" / ", provider.roleClaim());
  }
}
