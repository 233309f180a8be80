/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service;

import cadastre.service.directory.DirectoryConfiguration;
import cadastre.service.failure.ConfigurationRefused;
import cadastre.service.ledger.PoolRegister;
import cadastre.service.registry.Identities;
import cadastre.subid.Pool;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.dropwizard.db.DataSourceFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an operator writes in cadastre.yml; config/cadastre.yml shows all of it with comments. */
public final class CadastreConfiguration extends Configuration {
  @JsonProperty @Valid @NotNull private DataSourceFactory ledger = new DataSourceFactory();

  @JsonProperty @Valid @NotNull
  private IdentitySettings identity = new IdentitySettings(null, null, null, null);

  @JsonProperty @Valid private Optional<DirectoryConfiguration> directory = Optional.empty();
  @JsonProperty @Valid @NotEmpty private List<@NotNull PoolConfiguration> pools = List.of();
  @JsonProperty private boolean allowAbove2Gi;
  @JsonProperty private boolean listenBeyondLoopback;

  /** The ledger's database. */
  public DataSourceFactory ledger() {
    return ledger;
  }

  /** Where accounts come from. */
  public IdentitySettings identity() {
    return identity;
  }

  /** The directory, for reading accounts and for publishing; may be left out for a caller's. */
  public Optional<DirectoryConfiguration> directory() {
    return directory;
  }

  /** Whether pools may reach 2^31 and above, where devpts and setfsuid() break. */
  public boolean allowAbove2Gi() {
    return allowAbove2Gi;
  }

  /** Whether the service may listen on addresses other than loopback: it has no roles yet. */
  public boolean listenBeyondLoopback() {
    return listenBeyondLoopback;
  }

  /**
   * Checks what no part sees by itself, before anything is opened: what is recorded at the first
   * start is for ever.
   *
   * @throws ConfigurationRefused naming every mistake
   */
  public void check() {
    List<String> mistakes = new ArrayList<>();
    if (!listenBeyondLoopback) {
      mistakes.addAll(LoopbackRule.mistakes(getServerFactory()));
    }
    if (directory.isEmpty() && identity.identitySource() == Identities.Source.DIRECTORY) {
      mistakes.add(
          "directory: is missing, but identity.source is directory; configure it, or set identity.source: caller");
    }
    if (directory.isPresent()) {
      mistakes.addAll(identity.mistakes());
    }
    List<Pool> whole = pools(mistakes);
    if (whole.size() == pools.size()) {
      mistakes.addAll(PoolRegister.mistakes(whole, allowAbove2Gi));
    }
    refuse(mistakes);
  }

  /**
   * The pools, the default first.
   *
   * @throws ConfigurationRefused naming every pool that is none
   */
  public List<Pool> pools() {
    List<String> mistakes = new ArrayList<>();
    List<Pool> result = pools(mistakes);
    refuse(mistakes);
    return result;
  }

  private static void refuse(List<String> mistakes) {
    if (!mistakes.isEmpty()) {
      throw new ConfigurationRefused(mistakes);
    }
  }

  private List<Pool> pools(List<String> mistakes) {
    List<Pool> result = new ArrayList<>();
    for (int i = 0; i < pools.size(); i++) {
      try {
        result.add(pools.get(i).toPool());
      } catch (IllegalArgumentException e) {
        mistakes.add("pools[%d]: %s".formatted(i, e.getMessage()));
      }
    }
    return result;
  }
}
