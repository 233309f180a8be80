/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.cadastre.service.access.Authenticator;
import io.cadastre.service.access.Presented;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.access.Unauthenticated;
import io.cadastre.service.config.OidcConfiguration;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recognizes people by access tokens of the OpenID provider: signed JWTs, RFC 7519 and RFC 9068. A
 * token is genuine if one of the provider's own keys has signed it; keys that the token itself has
 * or names are not looked at. Thread-safe.
 */
public final class OidcAuthenticator implements Authenticator {
  /** Claims that only ID tokens have, OpenID Connect Core 1.0, section 3.3.2.11. */
  private static final Set<String> OF_ID_TOKENS = Set.of("at_hash", "c_hash");

  private static final Set<String> REQUIRED = Set.of("sub", "exp");

  private final OidcConfiguration provider;
  private final Clock clock;
  private final PersonClaims people;
  private final Set<JWSAlgorithm> algorithms;
  private final Set<JOSEObjectType> types;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /** An authenticator by these keys. */
  public OidcAuthenticator(OidcConfiguration provider, ProviderKeys keys, Clock clock) {
    this.provider = provider;
    this.clock = clock;
    this.people = new PersonClaims(provider);
    this.algorithms =
        provider.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    this.types = types(provider);
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(types));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            Set.of(provider.audience()),
            new JWTClaimsSet.Builder().issuer(provider.issuer()).build(),
            REQUIRED,
            OF_ID_TOKENS);
    claims.setMaxClockSkew((int) provider.clockSkew().toSeconds());
    processor.setJWTClaimsSetVerifier(claims);
  }

  /** With the type JWT goes no type at all: the field is optional in RFC 7519. */
  private static Set<JOSEObjectType> types(OidcConfiguration provider) {
    Set<JOSEObjectType> types = new HashSet<>();
    for (String type : provider.types()) {
      types.add(new JOSEObjectType(type));
      if (JOSEObjectType.JWT.equals(new JOSEObjectType(type))) {
        types.add(null);
      }
    }
    return types;
  }

  @Override
  public Optional<Principal> authenticate(Presented presented) throws Unauthenticated {
    Optional<String> bearer = presented.bearer().filter(OidcAuthenticator::looksSigned);
    return bearer.isEmpty() ? Optional.empty() : Optional.of(principal(bearer.get()));
  }

  /** A signed JWT has three parts, RFC 7515 section 7.1; a token of the registry has no dot. */
  private static boolean looksSigned(String bearer) {
    return !bearer.startsWith(TokenText.PREFIX)
        && bearer.chars().filter(character -> character == '.').count() == 2;
  }

  private Principal principal(String bearer) throws Unauthenticated {
    try {
      SignedJWT token = SignedJWT.parse(bearer);
      requireKnown(token.getHeader());
      JWTClaimsSet claims = processor.process(token, null);
      requireAccessToken(claims);
      return people.principal(claims);
    } catch (ParseException | IllegalArgumentException e) {
      throw new Unauthenticated("the token is no signed JWT");
    } catch (ExpiredJWTException e) {
      throw new Unauthenticated("the token of the OpenID provider has expired");
    } catch (BadJWTException e) {
      throw refused(String.valueOf(e.getMessage()));
    } catch (BadJWSException e) {
      throw refused("its signature is not valid");
    } catch (BadJOSEException e) {
      throw refused("it names a key that the provider does not have");
    } catch (JOSEException e) {
      throw new Unauthenticated(
          "no key of the OpenID provider is known, so its tokens cannot be verified; try again"
              + " later");
    }
  }

  private void requireKnown(JWSHeader header) throws Unauthenticated {
    if (!algorithms.contains(header.getAlgorithm())) {
      throw refused("its alg is none of " + String.join(", ", provider.algorithms()));
    }
    if (!types.contains(header.getType())) {
      throw refused("its typ is none of " + String.join(", ", provider.types()));
    }
    if (header.getCriticalParams() != null) {
      throw refused("it has crit, and this service knows no extension");
    }
  }

  private void requireAccessToken(JWTClaimsSet claims) throws Unauthenticated {
    // Keycloak says so in a claim: ID, Refresh, Logout and others are no access tokens.
    Object type = claims.getClaim("typ");
    if (type != null && !type.equals("Bearer")) {
      throw refused("it is no access token");
    }
    Instant end = claims.getExpirationTime().toInstant();
    Instant latest = clock.instant().plus(provider.longestLife().toJavaDuration()).plus(skew());
    if (end.isAfter(latest)) {
      throw refused(
          "it is valid for longer than %s from now, and nothing could revoke it"
              .formatted(provider.longestLife()));
    }
  }

  private java.time.Duration skew() {
    return provider.clockSkew().toJavaDuration();
  }

  private static Unauthenticated refused(String why) {
    return new Unauthenticated("the token of the OpenID provider is refused: " + why);
  }
}
