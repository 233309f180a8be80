/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.config.LedgerConfiguration;
import io.cadastre.service.database.Compaction;
import io.cadastre.service.database.LedgerFile;
import io.cadastre.service.database.LedgerMigration;
import io.cadastre.service.database.LedgerSource;
import io.cadastre.service.database.MissingLedger;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.PoolRegister;
import io.cadastre.service.registry.ConfiguredDirectory;
import io.cadastre.service.view.CurrentView;
import io.cadastre.service.view.KeptView;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Opens what a service holds open from its start to its stop. */
final class Openings {
  /** How late this replica answers with what another one has committed, at most. */
  private static final Duration FOLLOW_EVERY = Duration.ofSeconds(1);

  /** When the verification of a large ledger is done. */
  private static final Duration KEEP_FIRST = Duration.ofMinutes(10);

  private static final Duration KEEP_EVERY = Duration.ofHours(1);

  private Openings() {}

  /** Opens the ledger and records the pools of the configuration. */
  static Ledger ledger(CadastreConfiguration configuration, Environment environment) {
    LedgerConfiguration settings = configuration.ledger();
    MissingLedger.refuse(settings, configuration.file());
    LedgerMigration.beforeOpening(settings);
    Compaction.atStart(settings);
    ManagedDataSource source = LedgerSource.build(settings, environment.metrics());
    environment.lifecycle().manage(source);
    Ledger ledger = settings.createsIfMissing() ? Ledger.openOrCreate(source) : Ledger.open(source);
    PoolRegister.record(ledger, configuration.pools(), configuration.acceptedClaims());
    return ledger;
  }

  /**
   * Reads the ledger into memory beside the rest of the start, and takes over what other replicas
   * commit from then on. A request before the end of the read waits for it. Of a large ledger it is
   * read from a file beside H2's, where the process before has kept it.
   */
  static CurrentView view(
      Ledger ledger,
      CadastreConfiguration configuration,
      LifecycleEnvironment lifecycle,
      Background background) {
    CurrentView view =
        CurrentView.of(
            ledger,
            LedgerFile.view(configuration.ledger().getUrl())
                .map(KeptView::in)
                .orElse(KeptView.NOWHERE));
    lifecycle.manage(new AutoCloseableManager(view::keep));
    background.schedule("keeping the ledger's view", KEEP_FIRST, KEEP_EVERY, view::keep);
    background.schedule("following the ledger", Duration.ZERO, FOLLOW_EVERY, view::follow);
    return view;
  }

  /** Opens the directory; empty if none is configured. */
  static Optional<Directory> directory(
      CadastreConfiguration configuration, Environment environment, Clock clock) {
    Optional<Directory> directory =
        configuration
            .directory()
            .map(d -> ConfiguredDirectory.open(d, configuration.identity().names(), clock));
    directory.ifPresent(d -> environment.lifecycle().manage(new AutoCloseableManager(d)));
    return directory;
  }
}
