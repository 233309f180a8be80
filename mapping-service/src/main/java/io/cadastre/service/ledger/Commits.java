/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.LedgerHead;
import java.util.List;

/** Learns of the changes of this process. Thread-safe. */
public interface Commits {
  /**
   * Takes what a change has committed, before it is acknowledged. Changes can come in another order
   * than that of their events.
   *
   * @param head the head of the ledger after the change
   * @param events the events of the change; none if it has changed nothing
   */
  void committed(LedgerHead head, List<Event> events);

  /**
   * Does what a commit of these events takes, and forgets it: they were rolled back.
   *
   * @param events the events of the change
   */
  default void rehearsed(List<Event> events) {}
}
