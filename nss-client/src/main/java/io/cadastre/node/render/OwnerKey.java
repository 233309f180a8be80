/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.render;

import io.cadastre.subid.SnapshotRow;

/** What names the owner in a row of /etc/subuid: subuid(5) allows two ways, a node uses one. */
public enum OwnerKey {
  /** The login name. */
  NAME,
  /** The uid in decimal. */
  UID;

  /** The first field of the row of this owner. */
  public String of(SnapshotRow row) {
    return this == NAME ? row.name().value() : Long.toString(row.uidNumber());
  }
}
