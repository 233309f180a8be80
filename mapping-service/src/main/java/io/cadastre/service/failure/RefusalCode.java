/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

import java.util.Locale;

/** Why a request was refused: the closed list behind every problem document's {@code type}. */
public enum RefusalCode {
  /** The request is not of the form that the interface asks for. */
  BAD_REQUEST("The request cannot be read"),
  /** A name breaks the rule that keeps it from forging a line. */
  INVALID_NAME("The name is refused"),
  /** An identity's uid, gid, stable id or DN is out of bounds. */
  INVALID_IDENTITY("The identity is refused"),
  /** Each node has a local account of that name, so the name gets no new range. */
  RESERVED_NAME("The name is reserved"),
  /** The database cannot hold a value of the change. */
  UNSTORABLE("The database cannot hold this"),
  /** No account of that name is in the directory. */
  UNKNOWN_ACCOUNT("There is no such account"),
  /** The ledger has never known the owner. */
  UNKNOWN_OWNER("The owner is unknown"),
  /** No pool has that name. */
  UNKNOWN_POOL("There is no such pool"),
  /** Nobody owns, or owned, that ID. */
  UNOWNED_ID("Nobody owns this ID"),
  /** The account exists but the site's filter does not entitle it to a range. */
  NOT_ENTITLED("The account is not entitled to a range"),
  /** Two accounts share the name or the uidNumber. */
  AMBIGUOUS_ACCOUNT("The account is ambiguous"),
  /** Same name and uid as a stored owner, under another stable id. */
  IDENTITY_CHANGED("The account's identity has changed"),
  /**
   * The name or the uid is a stored owner's, and the caller gave no stable id to tell them apart.
   */
  IDENTITY_REUSED("The name or uid was somebody else's"),
  /** The owner already has a range in another pool. */
  OTHER_POOL("The owner has a range in another pool"),
  /** No slot of the pool is left. */
  POOL_FULL("The pool is full"),
  /** The slot that the formula gives is taken, blocked or outside the pool. */
  SLOT_TAKEN("The owner's slot cannot be given"),
  /** The allocation's state does not allow the change. */
  WRONG_STATE("The allocation's state does not allow this"),
  /** The change is an admin's and needs a reason. */
  REASON_MISSING("A reason is required"),
  /** The serial is older than the service can tell changes from. */
  SERIAL_TOO_OLD("The changes since that serial are gone");

  private final String title;

  RefusalCode(String title) {
    this.title = title;
  }

  /** A short sentence for people; the same for every refusal of this code. */
  public String title() {
    return title;
  }

  /** The code as the problem's type and the batch's result lines write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
