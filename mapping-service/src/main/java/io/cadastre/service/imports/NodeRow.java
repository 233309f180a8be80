/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import java.util.List;
import java.util.Optional;

/**
 * A row in a file of a node.
 *
 * @param place node, file and line
 * @param type whether it is in /etc/subuid or /etc/subgid
 * @param ownerField the first field as it is written
 * @param accounts every account that the field may denote
 * @param range the IDs
 */
record NodeRow(
    String node,
    String place,
    IdType type,
    String ownerField,
    List<FieldAccount> accounts,
    IdRange range) {

  /** The one account that the field denotes, if it can own a range. */
  Optional<Owner> owner() {
    return accounts.size() == 1 ? accounts.get(0).owner() : Optional.empty();
  }

  /** The stable id of the account, or the field itself if it denotes none or several. */
  String ownerKey() {
    return owner().map(Owner::stableId).orElse("field " + ownerField);
  }

  /** The row as a finding names it, with its place. */
  String text() {
    return "%s %s (%s)".formatted(ownerField, range, place);
  }
}
