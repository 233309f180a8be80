/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import io.cadastre.service.config.IdentitySettings;
import io.cadastre.service.registry.AccountSynchronizer;
import io.cadastre.service.registry.Accounts;
import io.cadastre.service.registry.ChangeGate;
import io.cadastre.service.registry.ChangeGate.Part;
import io.cadastre.service.registry.NewlyEntitledAccounts;
import io.cadastre.service.registry.Publisher;
import io.cadastre.service.registry.Reconciler;
import io.cadastre.service.registry.RunningWork;
import java.time.Duration;
import java.util.Optional;

/** What a service with a directory does by itself: it reads accounts, publishes and compares. */
record DirectoryWork(
    Accounts accounts,
    AccountSynchronizer synchronizer,
    Optional<NewlyEntitledAccounts> entitled,
    Publisher publisher,
    Reconciler reconciler,
    ChangeGate gate,
    RunningWork works) {
  /** The interval of the check whether a comparison is due. */
  private static final Duration CHECK_EVERY = Duration.ofSeconds(5);

  private static final Duration COMPARE_HOLDS_EVERY = Duration.ofMinutes(1);

  /** Begins the work. */
  void schedule(IdentitySettings settings, Background background) {
    background.add(publisher.draining());
    background.schedule(
        "reading the accounts",
        Duration.ZERO,
        settings.interval().toJavaDuration(),
        settings.ownersAreAccounts()
            ? () -> {
              synchronizer.run();
              entitled.ifPresent(NewlyEntitledAccounts::run);
            }
            : accounts::refresh);
    background.schedule(
        "comparing the directory with the ledger",
        Duration.ZERO,
        CHECK_EVERY,
        () -> gate.obstacle(Part.DIRECTORY).ifPresent(why -> compare()));
    background.schedule(
        "comparing entries that hold a pool",
        COMPARE_HOLDS_EVERY,
        COMPARE_HOLDS_EVERY,
        reconciler::compareIfPoolsAreHeld);
  }

  private void compare() {
    boolean unused =
        works.run(
            "Comparison with the directory",
            () -> {
              reconciler.compareAtStart();
              return true;
            });
  }
}
