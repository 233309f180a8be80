/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

import java.util.Locale;

/** The reasons to refuse a request, each the {@code type} of a problem document. */
public enum RefusalCode {
  /** The request does not have the form of the interface. */
  BAD_REQUEST("The request cannot be read"),
  /** A name breaks the rule that keeps it from forging a line of a file. */
  INVALID_NAME("The name is refused"),
  /** An identity's uid, gid, stable id or DN is out of bounds. */
  INVALID_IDENTITY("The identity is refused"),
  /** Each node has a local account with this name, so it gets no new range. */
  RESERVED_NAME("The name is reserved"),
  /** The database cannot store a value of the change. */
  UNSTORABLE("The database cannot hold this"),
  /** The directory has no account with this name. */
  UNKNOWN_ACCOUNT("There is no such account"),
  /** The ledger has no such owner. */
  UNKNOWN_OWNER("The owner is unknown"),
  /** No pool has this name. */
  UNKNOWN_POOL("There is no such pool"),
  /** No report about this node is known. */
  UNKNOWN_NODE("There is no report about this node"),
  /** So many nodes are known that no other may be added by a credential of several nodes. */
  TOO_MANY_NODES("Too many nodes are known"),
  /** No owner has, or had, this ID. */
  UNOWNED_ID("No owner has this ID"),
  /** The account exists, but the site's filter does not entitle it to a range. */
  NOT_ENTITLED("The account is not entitled to a range"),
  /** Two accounts share the name, the uidNumber or the stable id. */
  AMBIGUOUS_ACCOUNT("The account is ambiguous"),
  /** The account has the name and uid of a recorded owner, and another stable id. */
  IDENTITY_CHANGED("The account's identity has changed"),
  /** A recorded owner has the name or the uid, and no stable id tells the two apart. */
  IDENTITY_REUSED("The name or uid belonged to another owner"),
  /** The owner is retired, and the request does not ask to reinstate the range. */
  OWNER_RETIRED("The owner is retired"),
  /** The name is a former one of an owner who is not retired. */
  OWNER_RENAMED("The owner has another name now"),
  /** The owner already has a range in another pool. */
  OTHER_POOL("The owner has a range in another pool"),
  /** No slot of the pool is left. */
  POOL_FULL("The pool is full"),
  /** The deterministic slot is claimed, blocked or outside the pool. */
  SLOT_TAKEN("The owner's slot cannot be given"),
  /** The allocation's state does not allow the change. */
  WRONG_STATE("The allocation's state does not allow this"),
  /** The change is for admins and needs a reason. */
  REASON_MISSING("A reason is required"),
  /** The changes since this serial are no longer known. */
  SERIAL_TOO_OLD("The changes since that serial are gone"),
  /** The request asks for an answer behind an event that the ledger does not have. */
  UNKNOWN_EVENT("The ledger has no such event"),
  /** The ledger has no events of that time: it is younger, or they were lost. */
  HISTORY_UNKNOWN("There is no history of that time"),
  /** No valid credential came with the request. */
  UNAUTHENTICATED("A valid credential is required"),
  /** The credential's role may not call this. */
  FORBIDDEN("The credential's role may not do this"),
  /** The credential's role may call this, but not for this owner, pool or node. */
  OUT_OF_SCOPE("The credential may not do this here"),
  /** The host name of the request is none of the service's. */
  MISDIRECTED("The request was meant for another host"),
  /** The credential, or the client's address, has sent more requests than it may. */
  TOO_MANY_REQUESTS("Too many requests"),
  /** A web page of another origin sent the request. */
  FOREIGN_ORIGIN("A web page may not use the registry"),
  /** A form of the registry's own pages does not come from one of them. */
  FORGED_FORM("The form is refused");

  private final String title;

  RefusalCode(String title) {
    this.title = title;
  }

  /** The title of the problem document; the same for every refusal with this code. */
  public String title() {
    return title;
  }

  /** The code in the type of the problem document and in result lines of a batch. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
