/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import io.cadastre.service.event.EventKind;
import java.util.Arrays;

/** What the words of the registry mean, for the tooltips. */
public final class Term {
  private Term() {}

  /** What a state of an allocation means. */
  public static String state(String word) {
    return switch (word) {
      case "active" -> "nodes and directory have the range";
      case "withheld" -> "the account is gone or replaced; the range returns with the account";
      case "retired" -> "closed by an admin or a hook; reserved for its owner";
      case "superseded" -> "the owner has another range now; closed for good";
      default -> word;
    };
  }

  /** What a severity of a finding means. */
  public static String severity(String word) {
    return switch (word) {
      case "error" -> "an admin must act";
      case "warning" -> "all works now, and may fail later";
      default -> "no action is needed";
    };
  }

  /** What has happened in an event of this kind. */
  public static String kind(String word) {
    return Arrays.stream(EventKind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .map(Term::of)
        .orElse(word);
  }

  private static String of(EventKind kind) {
    return switch (kind) {
      case LEDGER -> "the ledger was made";
      case POOL -> "a pool was recorded";
      case SEGMENT -> "a segment was appended to a pool";
      case ALLOCATE -> "an owner got a range";
      case IMPORT -> "a range of a node's file was recorded as it is";
      case ADOPT -> "an entry of the directory was taken over";
      case RETIRE -> "a range was closed until its owner asks again";
      case REINSTATE -> "a retired range was given back to its owner";
      case WITHHOLD -> "the account is gone or replaced, and its range is withheld";
      case RESTORE -> "the account is back, and its range is active again";
      case FOLLOW -> "the account was renamed, renumbered or moved";
      case SUPERSEDE -> "the owner moved to another range, and this one is closed for good";
      case REBIND -> "an owner was tied to the account's new stable ID";
      case DISMISS -> "an entry of the directory that held a pool was dismissed";
      case BLOCK -> "the slots of a node's local row were blocked";
      case SETTLE -> "edited tables were written anew from the events";
      case ACCEPT_LOSS -> "many owners were missing, and an admin accepted it";
      case ACCEPT_ENTITLED -> "an admin let many newly entitled accounts get ranges";
      case FORGET_IDS -> "IDs of accounts that are gone were forgotten early";
      case RELEASE_FOREIGN -> "the range of an entry that is gone was released";
      case MAKE_TOKEN -> "a token was made";
      case REVOKE_TOKEN -> "a token was revoked for good";
      case SUSPEND_TOKEN -> "a token was suspended until it is confirmed";
      case CONFIRM_TOKEN -> "a suspended token became valid again";
      case USE_BOOTSTRAP -> "the bootstrap token was used";
    };
  }
}
