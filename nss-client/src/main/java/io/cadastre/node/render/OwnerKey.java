/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.render;

import io.cadastre.subid.SnapshotRow;

/**
 * The owner field of a row in /etc/subuid: subuid(5) allows a name or a uid, and a node uses one of
 * them.
 */
public enum OwnerKey {
  /** The login name. */
  NAME,
  /** The uid in decimal. */
  UID;

  /** The owner field of the row of this owner. */
  public String of(SnapshotRow row) {
    return this == NAME ? row.name().value() : Long.toString(row.uidNumber());
  }
}
