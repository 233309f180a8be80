/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.cadastre.service.config.OidcConfiguration;
import io.cadastre.service.file.GivenFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The documents of an OpenID provider: OpenID Connect Discovery 1.0 and JSON Web Key Sets, RFC
 * 7517. Each read asks the provider, for five seconds at most without an answer. Thread-safe.
 */
final class ProviderDocuments {
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 3_000;
  private static final int MOST_BYTES = 512 << 10;

  /** NIST SP 800-131A: shorter keys sign nothing since 2014. */
  private static final int LEAST_RSA_BITS = 2048;

  private final OidcConfiguration provider;
  private final DefaultResourceRetriever http;

  /** The documents of this provider. */
  ProviderDocuments(OidcConfiguration provider) {
    this.provider = provider;
    this.http =
        new DefaultResourceRetriever(
            CONNECT_MILLIS,
            READ_MILLIS,
            MOST_BYTES,
            true,
            provider.caFile().map(TrustedAuthorities::of).orElse(null));
  }

  /**
   * Reads the public keys that can verify a signature.
   *
   * @throws IOException if the provider does not answer, or as no provider does
   */
  List<JWK> keys() throws IOException {
    Optional<Path> file = provider.jwksFile();
    String place = file.isPresent() ? file.get().toString() : keysUri();
    String text =
        file.isPresent()
            ? new String(GivenFile.bytes(file.get(), MOST_BYTES), StandardCharsets.UTF_8)
            : get(place);
    try {
      List<JWK> keys =
          JWKSet.parse(text).getKeys().stream()
              .filter(ProviderDocuments::verifies)
              .map(JWK::toPublicJWK)
              .toList();
      if (keys.isEmpty()) {
        throw new IOException(place + " has no RSA or EC key");
      }
      return keys;
    } catch (ParseException e) {
      throw new IOException(place + " is no JSON Web Key Set", e);
    }
  }

  /** A secret key would make everyone who verifies a signer. */
  private static boolean verifies(JWK key) {
    return KeyType.EC.equals(key.getKeyType())
        || (KeyType.RSA.equals(key.getKeyType()) && key.size() >= LEAST_RSA_BITS);
  }

  private String keysUri() throws IOException {
    if (provider.jwksUri().isPresent()) {
      return provider.jwksUri().get();
    }
    String place = provider.issuer().replaceAll("/+$", "") + DISCOVERY;
    Map<String, Object> document;
    try {
      document = JSONObjectUtils.parse(get(place));
    } catch (ParseException e) {
      throw new IOException(place + " is no JSON object", e);
    }
    if (!provider.issuer().equals(document.get("issuer"))) {
      throw new IOException(
          "%s names another issuer than access.oidc.issuer, which is %s"
              .formatted(place, provider.issuer()));
    }
    if (!(document.get("jwks_uri") instanceof String uri)) {
      throw new IOException(place + " has no jwks_uri");
    }
    Optional<String> mistake = OidcConfiguration.mistakeOfUrl(uri);
    if (mistake.isPresent()) {
      throw new IOException("%s: jwks_uri: %s".formatted(place, mistake.get()));
    }
    return uri;
  }

  private String get(String place) throws IOException {
    try {
      return http.retrieveResource(URI.create(place).toURL()).getContent();
    } catch (IOException e) {
      throw new IOException("%s cannot be read: %s".formatted(place, e.getMessage()), e);
    }
  }
}
