/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.OutboxAge;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells how the service is, for people: what it last read, what waits, what holds it back. */
public final class StateQueries {
  private final Ledger ledger;
  private final Accounts accounts;
  private final Publisher publisher;
  private final ChangeGate gate;
  private final boolean published;

  /**
   * The state of these parts.
   *
   * @param published whether a directory is configured
   */
  public StateQueries(
      Ledger ledger, Accounts accounts, Publisher publisher, ChangeGate gate, boolean published) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.publisher = publisher;
    this.gate = gate;
    this.published = published;
  }

  /**
   * The state of a moment.
   *
   * @param published whether a directory is configured
   * @param accountsRead when the last read of the accounts began
   * @param accountsObstacle why nothing is allocated, if the reads fail or are too old
   * @param outbox how many owners wait to be published, and for how long
   * @param publishRefusal what the publish directory says, if it refuses every change
   * @param changeObstacle why no change is made at all
   */
  public record ServiceState(
      LedgerHead head,
      boolean published,
      Optional<Instant> accountsRead,
      Optional<String> accountsObstacle,
      OutboxAge outbox,
      Optional<String> publishRefusal,
      Optional<String> changeObstacle) {}

  /**
   * The state now.
   *
   * @throws io.cadastre.service.failure.Unavailable if the database does not answer
   */
  public ServiceState now() {
    return new ServiceState(
        ledger.head(),
        published,
        accounts.latest().map(AccountIndex::time),
        published ? accounts.obstacle() : Optional.empty(),
        // Without a directory all owners ever stay in the outbox: a million rows to read.
        published ? publisher.age() : new OutboxAge(0, Duration.ZERO),
        publisher.refusal(),
        gate.obstacle());
  }
}
