/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The OpenID provider whose access tokens people show. Immutable.
 *
 * @param issuer the {@code iss} of its tokens, to the letter; its discovery document names the keys
 * @param audience a value that {@code aud} must have: the service's own, not that of a client
 * @param jwksUri where the keys are, instead of the discovery document's answer
 * @param jwksFile a file with the keys, instead of asking the provider at all; read again when it
 *     changes
 * @param caFile PEM file of the CAs to trust for the provider; the JVM's own without it
 * @param roleClaim the claim with the roles; several names are a path into nested objects
 * @param roles the roles that values of the claim stand for
 * @param nameClaim the claim that names the person in events; {@code sub} always stands beside it
 * @param clockSkew the difference of the clocks that is accepted
 * @param longestLife the longest time from now to the end of a token that is accepted: nothing can
 *     revoke one
 * @param keepKeys the time for which known keys serve while the provider cannot be asked
 * @param algorithms the signatures that are accepted
 * @param types the values of the header field {@code typ} that are accepted
 */
public record OidcConfiguration(
    @NotEmpty @Size(max = MAX_ISSUER) String issuer,
    @NotEmpty String audience,
    Optional<String> jwksUri,
    Optional<Path> jwksFile,
    Optional<Path> caFile,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @NotEmpty
        List<@NotEmpty String> roleClaim,
    @NotEmpty Map<String, @NotNull OidcRole> roles,
    @NotEmpty String nameClaim,
    @MaxDuration(value = 5, unit = TimeUnit.MINUTES) Duration clockSkew,
    @MinDuration(value = 1, unit = TimeUnit.MINUTES) Duration longestLife,
    @MinDuration(value = 1, unit = TimeUnit.MINUTES) @MaxDuration(value = 7, unit = TimeUnit.DAYS)
        Duration keepKeys,
    @NotEmpty List<String> algorithms,
    @NotEmpty List<String> types) {
  private static final int MAX_ISSUER = 120;

  /** Signatures by a private key; RFC 7518. EdDSA needs another library. */
  private static final List<String> ASYMMETRIC =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  /** RFC 9068's type of access tokens, and what providers write that do not follow it. */
  private static final List<String> TYPES = List.of("at+jwt", "JWT");

  /** Applies the defaults. */
  public OidcConfiguration {
    issuer = Objects.requireNonNullElse(issuer, "");
    audience = Objects.requireNonNullElse(audience, "");
    roleClaim = List.copyOf(Objects.requireNonNullElse(roleClaim, List.of()));
    roles = Map.copyOf(Objects.requireNonNullElse(roles, Map.of()));
    nameClaim = Objects.requireNonNullElse(nameClaim, "preferred_username");
    clockSkew = Objects.requireNonNullElse(clockSkew, Duration.seconds(30));
    longestLife = Objects.requireNonNullElse(longestLife, Duration.hours(24));
    keepKeys = Objects.requireNonNullElse(keepKeys, Duration.hours(1));
    algorithms = List.copyOf(Objects.requireNonNullElse(algorithms, ASYMMETRIC));
    types = List.copyOf(Objects.requireNonNullElse(types, TYPES));
  }

  /** The mistakes that no constraint of a single setting finds. */
  List<String> mistakes() {
    List<String> mistakes = new ArrayList<>();
    mistakeOfUrl(issuer).ifPresent(why -> mistakes.add("access.oidc.issuer: " + why));
    jwksUri
        .flatMap(OidcConfiguration::mistakeOfUrl)
        .ifPresent(why -> mistakes.add("access.oidc.jwksUri: " + why));
    if (jwksUri.isPresent() && jwksFile.isPresent()) {
      mistakes.add("access.oidc: has jwksUri and jwksFile; one of them says where the keys are");
    }
    algorithms.stream()
        .filter(name -> !ASYMMETRIC.contains(name))
        .map(
            name ->
                "access.oidc.algorithms: \"%s\" is none of %s"
                    .formatted(name, String.join(", ", ASYMMETRIC)))
        .forEach(mistakes::add);
    return mistakes;
  }

  /** What is wrong with a URL of the provider: keys over plain HTTP are anybody's keys. */
  public static Optional<String> mistakeOfUrl(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      return Optional.of("\"%s\" is no URL".formatted(url));
    }
    if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
      return Optional.of(
          "\"%s\" is no URL with a host, and without a user and a fragment".formatted(url));
    }
    boolean safe =
        "https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost()));
    return safe
        ? Optional.empty()
        : Optional.of(
            "\"%s\" is neither https nor on this host: a change of the answer on its way makes everyone an admin; write https://"
                .formatted(url));
  }

  private static boolean isLoopback(String host) {
    try {
      // No name but localhost is looked up: what DNS says may change after this check.
      return host.equals("localhost")
          || (host.matches("[0-9.]+|\\[.*\\]") && InetAddress.getByName(host).isLoopbackAddress());
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
