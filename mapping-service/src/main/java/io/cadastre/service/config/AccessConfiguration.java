/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cadastre.service.access.AddressRange;
import io.cadastre.service.access.CertificateRule;
import io.cadastre.service.access.CertificateRules;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may use the service: {@code access: open}, or the settings of credentials. Closed by default.
 */
public final class AccessConfiguration {
  private static final String OPEN = "open";

  @JsonProperty private Optional<Path> bootstrapTokenFile = Optional.empty();
  @JsonProperty @NotNull private List<@NotNull String> hosts = List.of();

  @JsonProperty @NotNull
  private List<@NotNull CertificateRuleConfiguration> certificates = List.of();

  @JsonProperty @NotNull private SnapshotReaders snapshot = SnapshotReaders.CREDENTIAL;
  @JsonProperty @NotNull private List<@NotNull AddressRange> trustedProxies = List.of();
  @JsonProperty @Valid private Optional<OidcConfiguration> oidc = Optional.empty();
  private final boolean open;

  /** Who may read what nodes read. */
  public enum SnapshotReaders {
    /** Those with a credential. */
    @JsonProperty("credential")
    CREDENTIAL,
    /** Everyone who reaches the port. */
    @JsonProperty("everyone")
    EVERYONE
  }

  /** The settings of credentials. */
  @JsonCreator
  public AccessConfiguration() {
    this.open = false;
  }

  /**
   * The word instead of settings.
   *
   * @throws IllegalArgumentException for another word than {@code open}
   */
  @JsonCreator
  public AccessConfiguration(String word) {
    if (!word.equals(OPEN)) {
      throw new IllegalArgumentException(
          "access is \"%s\": write open, or the settings of credentials".formatted(word));
    }
    this.open = true;
  }

  /** Whether everyone who reaches a port may do everything. */
  public boolean isOpen() {
    return open;
  }

  /** The file of the first admin token. */
  public Optional<Path> bootstrapTokenFile() {
    return bootstrapTokenFile;
  }

  /** Further host names under which the service is asked. */
  public List<String> hosts() {
    return hosts;
  }

  /** The reverse proxies whose word on the client's address is taken. */
  public List<AddressRange> trustedProxies() {
    return trustedProxies;
  }

  /** The OpenID provider for people. */
  public Optional<OidcConfiguration> oidc() {
    return oidc;
  }

  /**
   * Who a client's certificate makes a caller.
   *
   * @throws IllegalArgumentException for a rule that is not valid; {@link #mistakes} reports all of
   *     them
   */
  public CertificateRules certificates() {
    return new CertificateRules(
        certificates.stream().map(CertificateRuleConfiguration::rule).toList());
  }

  /** Returns the mistakes that no constraint of a single setting finds. */
  List<String> mistakes() {
    List<String> mistakes =
        new ArrayList<>(oidc.map(OidcConfiguration::mistakes).orElse(List.of()));
    for (int i = 0; i < certificates.size(); i++) {
      try {
        CertificateRule unused = certificates.get(i).rule();
      } catch (IllegalArgumentException e) {
        mistakes.add("access.certificates[%d]: %s".formatted(i, e.getMessage()));
      }
    }
    return mistakes;
  }

  /** Whether a rule names certificates. */
  boolean hasCertificates() {
    return !certificates.isEmpty();
  }

  /** Whether what nodes read needs no credential. */
  public boolean snapshotIsOpen() {
    return snapshot == SnapshotReaders.EVERYONE;
  }
}
