/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import java.util.Locale;

/** Every change that the ledger records. */
public enum EventKind {
  /** The ledger was created; always the first event. */
  LEDGER,
  /** A pool was recorded. */
  POOL,
  /** A segment was appended to a pool. */
  SEGMENT,
  /** A range was granted. */
  ALLOCATE,
  /** An existing range was pinned as it is. */
  IMPORT,
  /** An entry of the directory was taken into the ledger. */
  ADOPT,
  /** The range was closed until the owner asks again. */
  RETIRE,
  /** A retired range was given back to its owner. */
  REINSTATE,
  /** The account is gone or replaced: its range is held back. */
  WITHHOLD,
  /** The account is back, and its range with it. */
  RESTORE,
  /** The account was renamed, renumbered or moved. */
  FOLLOW,
  /** The owner was moved to another range; this one is closed for good. */
  SUPERSEDE,
  /** The allocation was tied to a new stable id. */
  REBIND,
  /** An entry of the directory holds no pool up any more; no allocation changes. */
  DISMISS,
  /** The tables were rewritten from the events, because somebody had changed them. */
  SETTLE,
  /** Many owners were missing, and an admin said that they are gone. About no allocation. */
  ACCEPT_LOSS,
  /** Real IDs that are gone were forgotten before their time. About no allocation. */
  FORGET_IDS;

  /** The kind as JSON and the database write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of that word. */
  public static EventKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
