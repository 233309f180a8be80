/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import java.util.Locale;

/** The kinds of changes that the ledger records. */
public enum EventKind {
  /** The ledger was created; always the first event. */
  LEDGER,
  /** A pool was recorded. */
  POOL,
  /** A segment was appended to a pool. */
  SEGMENT,
  /** A range was granted. */
  ALLOCATE,
  /** An existing range was recorded as it is. */
  IMPORT,
  /** A directory entry was adopted into the ledger. */
  ADOPT,
  /** The range was closed until the owner asks for it again. */
  RETIRE,
  /** A retired range was given back to its owner. */
  REINSTATE,
  /** The account is gone or replaced, and its range is withheld. */
  WITHHOLD,
  /** The account is back, and its range is active again. */
  RESTORE,
  /** The account was renamed, renumbered or moved. */
  FOLLOW,
  /** The owner was moved to another range, and this one is closed for good. */
  SUPERSEDE,
  /** The allocation was tied to a new stable id. */
  REBIND,
  /** A directory entry that held a pool was dismissed. About no allocation. */
  DISMISS,
  /** The slots of a node's local row were blocked. About no allocation. */
  BLOCK,
  /** Edited tables were rewritten from the events. */
  SETTLE,
  /** Many owners were missing, and an admin accepted the loss. About no allocation. */
  ACCEPT_LOSS,
  /** Accounts that became entitled may get ranges without a request. About no allocation. */
  ACCEPT_ENTITLED,
  /** Real IDs that are gone were forgotten early. About no allocation. */
  FORGET_IDS,
  /** A range of a directory entry that is gone was released. About no allocation. */
  RELEASE_FOREIGN,
  /** A token was made. About no allocation, like the four below. */
  MAKE_TOKEN,
  /** A token was revoked for good. */
  REVOKE_TOKEN,
  /** A token is not valid until it is confirmed. */
  SUSPEND_TOKEN,
  /** A suspended token is valid again. */
  CONFIRM_TOKEN,
  /** The bootstrap token was used for the first time since a start, or on that day. */
  USE_BOOTSTRAP;

  /** The kind as JSON and the database write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The kind with this word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static EventKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
