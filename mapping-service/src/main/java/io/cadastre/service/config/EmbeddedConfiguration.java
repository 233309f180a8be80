/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The directory inside the service: for trials and tests.
 *
 * @param port the loopback port; 0 takes a free one
 * @param suffix the DN under which everything lies
 * @param accounts LDIF with the accounts, entryUUIDs included; read when there is no saved state
 * @param data LDIF that keeps the whole directory; without it the directory ends with the service
 */
public record EmbeddedConfiguration(
    @Min(0) @Max(65535) int port,
    @DistinguishedName String suffix,
    Optional<Path> accounts,
    Optional<Path> data) {
  /** The suffix unless another is configured. */
  public static final String DEFAULT_SUFFIX = "dc=example,dc=org";

  /** Applies the defaults. */
  public EmbeddedConfiguration {
    suffix = Objects.requireNonNullElse(suffix, DEFAULT_SUFFIX);
  }
}
