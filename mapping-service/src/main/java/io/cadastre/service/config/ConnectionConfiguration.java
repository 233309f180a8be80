/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The servers of a directory and the account to bind with.
 *
 * @param servers tried in this order; the first that answers is used
 * @param security the protection of the connection
 * @param trustedCertificates PEM file of the CAs to trust; the JVM's own without it
 * @param bindDn the DN to bind with, or on Active Directory {@code name@domain} or {@code
 *     DOMAIN\name}; anonymous without it
 * @param passwordFile a file whose first line is the password
 * @param passwordEnvironment the environment variable that holds the password
 * @param allowPasswordInClear must be true for a bind over {@code none} to another host
 * @param connectTimeout the time that connecting may take, TLS included
 * @param responseTimeout the time that the server may take for one answer
 * @param poolSize connections at most
 */
public record ConnectionConfiguration(
    @NotEmpty List<ServerAddress> servers,
    Security security,
    Optional<Path> trustedCertificates,
    Optional<@BindName String> bindDn,
    Optional<Path> passwordFile,
    Optional<String> passwordEnvironment,
    boolean allowPasswordInClear,
    @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.HOURS)
        Duration connectTimeout,
    @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.HOURS)
        Duration responseTimeout,
    @Min(1) @Max(64) int poolSize) {

  /** Applies the defaults. */
  public ConnectionConfiguration {
    servers = List.copyOf(Objects.requireNonNullElse(servers, List.of()));
    security = Objects.requireNonNullElse(security, Security.STARTTLS);
    connectTimeout = Objects.requireNonNullElse(connectTimeout, Duration.seconds(5));
    responseTimeout = Objects.requireNonNullElse(responseTimeout, Duration.seconds(10));
    poolSize = poolSize == 0 ? 4 : poolSize;
  }

  /** Whether a password is sent protected, not at all, or in clear by the explicit setting. */
  @ValidationMethod(
      message =
          "would send the password in clear: use security starttls or ldaps, or say"
              + " allowPasswordInClear: true")
  public boolean isPasswordProtected() {
    return bindDn.isEmpty()
        || security != Security.NONE
        || allowPasswordInClear
        || servers.stream().allMatch(ServerAddress::isLoopback);
  }

  /** Whether there is exactly one password for a bindDn, and none without. */
  @ValidationMethod(
      message = "needs either passwordFile or passwordEnvironment with bindDn, and neither without")
  public boolean isPasswordGivenOnce() {
    int given = (passwordFile.isPresent() ? 1 : 0) + (passwordEnvironment.isPresent() ? 1 : 0);
    return given == (bindDn.isPresent() ? 1 : 0);
  }

  /** A connection to this host, for a server that is not yet there. */
  public static ConnectionConfiguration loopback(int port) {
    return new ConnectionConfiguration(
        List.of(new ServerAddress("127.0.0.1", port)),
        Security.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Duration.seconds(5),
        Duration.seconds(10),
        4);
  }
}
