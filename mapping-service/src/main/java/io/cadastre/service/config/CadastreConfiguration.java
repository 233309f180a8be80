/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cadastre.service.failure.ConfigurationRefused;
import io.cadastre.service.ledger.PoolRegister;
import io.cadastre.service.logs.PrintableLogs;
import io.cadastre.service.tls.TlsRule;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedNames;
import io.dropwizard.core.Configuration;
import io.dropwizard.logging.common.LoggingFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of cadastre.yml; config/cadastre.yml shows all of them with comments. */
public final class CadastreConfiguration extends Configuration {
  @JsonProperty @Valid @NotNull private LedgerConfiguration ledger = new LedgerConfiguration();

  @JsonProperty @Valid @NotNull
  private IdentitySettings identity =
      new IdentitySettings(null, null, null, null, null, null, null, null);

  @JsonProperty @Valid private Optional<DirectoryConfiguration> directory = Optional.empty();
  @JsonProperty @Valid @NotEmpty private List<@NotNull PoolConfiguration> pools = List.of();
  @JsonProperty private boolean allowAbove2Gi;
  @JsonProperty @NotNull private List<@NotNull String> allowClaims = List.of();
  @JsonProperty @NotNull private List<@NotNull String> reservedNames = ReservedNames.DEFAULT;
  @JsonProperty @NotNull private List<@Valid @NotNull Acknowledgement> acknowledged = List.of();
  @JsonProperty private boolean listenBeyondLoopback;
  @JsonProperty @Valid private Optional<AccessConfiguration> access = Optional.empty();
  @JsonProperty @Valid @NotNull private LimitsConfiguration limits = LimitsConfiguration.DEFAULT;
  @JsonIgnore private String file = "CONFIG";

  /** The logs, with texts escaped. */
  @Override
  public synchronized LoggingFactory getLoggingFactory() {
    return PrintableLogs.of(super.getLoggingFactory());
  }

  /** The ledger's database. */
  public LedgerConfiguration ledger() {
    return ledger;
  }

  /** The source of the accounts. */
  public IdentitySettings identity() {
    return identity;
  }

  /** The directory, for reading accounts and for publishing; may be left out for a caller's. */
  public Optional<DirectoryConfiguration> directory() {
    return directory;
  }

  /** The claims of other programs that pools and imports may cross. */
  public AcceptedClaims acceptedClaims() {
    return new AcceptedClaims(allowAbove2Gi, Set.copyOf(allowClaims));
  }

  /**
   * The names that get no new range.
   *
   * @throws IllegalArgumentException for a name that is not valid; {@link #check} reports all of
   *     them
   */
  public ReservedNames reservedNames() {
    return new ReservedNames(reservedNames);
  }

  /** The findings that are counted apart. */
  public List<Acknowledgement> acknowledged() {
    return acknowledged;
  }

  /** Whether the service may listen on addresses other than loopback. */
  public boolean listenBeyondLoopback() {
    return listenBeyondLoopback;
  }

  /**
   * Who may use the service.
   *
   * @throws ConfigurationRefused if the configuration does not say it
   */
  public AccessConfiguration access() {
    return access.orElseThrow(() -> new ConfigurationRefused(List.of("access: is missing")));
  }

  /** How many requests may come. */
  public LimitsConfiguration limits() {
    return limits;
  }

  /** The file of this configuration, for the commands in messages. */
  public String file() {
    return file;
  }

  /** Sets the file of this configuration. */
  public void readFrom(String name) {
    file = name;
  }

  /**
   * Checks what no part can check alone, before anything is opened: the first start records
   * settings for ever.
   *
   * @throws ConfigurationRefused naming every mistake
   */
  public void check() {
    List<String> mistakes = new ArrayList<>();
    if (access.isEmpty()) {
      mistakes.add(
          "access: is missing. Run \"cadastre token bootstrap /etc/cadastre/bootstrap.token\", and"
              + " write access: {bootstrapTokenFile: /etc/cadastre/bootstrap.token}. After an upgrade"
              + " from a version without access control add snapshot: everyone to it until all nodes"
              + " have a token, and hosts: [NAME] with the name by which they ask; start, then make the tokens of the hooks, then those of the nodes"
              + " (docs/upgrade.md). Or write access: open for a trial, in which everyone who reaches"
              + " the port may change the registry");
    }
    mistakes.addAll(LoopbackRule.mistakesOfForwarding(getServerFactory()));
    boolean closed = access.filter(settings -> !settings.isOpen()).isPresent();
    if (!listenBeyondLoopback) {
      mistakes.addAll(LoopbackRule.mistakes(getServerFactory(), closed));
    }
    mistakes.addAll(TlsRule.mistakes(getServerFactory()));
    access.ifPresent(settings -> mistakes.addAll(settings.mistakes()));
    if (access.filter(AccessConfiguration::hasCertificates).isPresent()
        && !TlsRule.asksClients(getServerFactory())) {
      mistakes.add(
          "access.certificates: no connector asks clients for certificates; set wantClientAuth:"
              + " true on one of type https-pem or https. A certificate that a proxy has checked is"
              + " not seen here");
    }
    if (directory.isEmpty() && identity.identitySource() == IdentitySource.DIRECTORY) {
      mistakes.add(
          "directory: is missing, but identity.source is directory; configure it, or set"
              + " identity.source: caller");
    }
    mistakes.addAll(identity.mistakesOfTrigger());
    mistakes.addAll(mistakesOfReservedNames());
    mistakes.addAll(mistakesOfClaims());
    if (directory.isPresent()) {
      mistakes.addAll(identity.mistakes());
    }
    List<Pool> whole = pools(mistakes);
    if (whole.size() == pools.size()) {
      mistakes.addAll(PoolRegister.mistakes(whole, acceptedClaims()));
    }
    refuse(mistakes);
  }

  private List<String> mistakesOfReservedNames() {
    List<String> mistakes = new ArrayList<>();
    for (int i = 0; i < reservedNames.size(); i++) {
      try {
        ReservedNames unused = new ReservedNames(List.of(reservedNames.get(i)));
      } catch (IllegalArgumentException e) {
        mistakes.add("reservedNames[%d]: %s".formatted(i, e.getMessage()));
      }
    }
    return mistakes;
  }

  private List<String> mistakesOfClaims() {
    List<String> known = AcceptedClaims.knownKeywords();
    return allowClaims.stream()
        .filter(word -> !known.contains(word))
        .map(
            word ->
                "allowClaims: \"%s\" is no claim; the claims are %s"
                    .formatted(word, String.join(", ", known)))
        .toList();
  }

  /**
   * The pools, the default first.
   *
   * @throws ConfigurationRefused naming every pool that is not valid
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
