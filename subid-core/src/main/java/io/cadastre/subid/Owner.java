/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.Optional;

/**
 * The identity of an account that can own a range. The stable id remains when the account is
 * renamed, renumbered or moved. Immutable.
 *
 * @param stableId the value that never changes: the directory's entryUUID, nsUniqueId, ipaUniqueID
 *     or objectGUID, or a value that the caller gave
 * @param name the login name
 * @param uidNumber the uid, never 0 and never 65534 (nobody); see {@link #hasAdmissibleUid()}
 * @param gidNumber the primary gid
 * @param dn the DN of the account's entry in the directory, if it has one
 */
public record Owner(
    String stableId, OwnerName name, long uidNumber, long gidNumber, Optional<String> dn) {
  /** The longest stable id, in UTF-16 code units, inclusive. */
  public static final int MAX_STABLE_ID = 255;

  /** The longest DN that the ledger records, in UTF-16 code units, inclusive. */
  public static final int MAX_DN = 4000;

  /** The uid of nobody, the kernel's overflow uid. */
  public static final long NOBODY = 65534;

  /** The uid that 16-bit interfaces read as -1, "no change". */
  public static final long SIXTEEN_BIT_MINUS_ONE = 65535;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the uid or gid is no ID, the uid is root's or nobody's, or
   *     the stable id or the DN is longer than the ledger records
   */
  public Owner {
    if (stableId.isBlank() || stableId.length() > MAX_STABLE_ID) {
      throw new IllegalArgumentException(
          "the stable id of %s is refused: it must have 1 to 255 characters".formatted(name));
    }
    checkUid(name, uidNumber);
    if (gidNumber < 0 || gidNumber > IdRange.MAX_ID) {
      throw new IllegalArgumentException(
          "gidNumber %d of %s is no ID: it must lie in 0 to %d"
              .formatted(gidNumber, name, IdRange.MAX_ID));
    }
    int length = dn.map(String::length).orElse(0);
    if (length > MAX_DN) {
      throw new IllegalArgumentException(
          "the DN of %s is refused: it has %d characters, the limit is %d"
              .formatted(name, length, MAX_DN));
    }
  }

  /**
   * Returns whether a new owner may have this uid, or an owner may be renumbered to it. Owners that
   * were recorded with 65535 before that rule stay readable and keep their ranges.
   */
  public boolean hasAdmissibleUid() {
    return uidNumber != SIXTEEN_BIT_MINUS_ONE;
  }

  /** Returns {@code zoe (uid 4242)}, for messages. */
  public String nameAndUid() {
    return "%s (uid %d)".formatted(name, uidNumber);
  }

  /** Throws unless an owner can have been recorded with this uid. */
  static void checkUid(OwnerName name, long uidNumber) {
    if (uidNumber < 1 || uidNumber > IdRange.MAX_ID || uidNumber == NOBODY) {
      throw new IllegalArgumentException(
          "uidNumber %d of %s is refused: an owner's uid lies in 1 to %d and is not %d (nobody)"
              .formatted(uidNumber, name, IdRange.MAX_ID, NOBODY));
    }
  }
}
