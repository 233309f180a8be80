/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Owner;
import java.util.Optional;

/**
 * An account that the owner field of a row may denote.
 *
 * @param account names the account in messages: its DN, or name and uid
 * @param owner the owner; empty if the account cannot own a range under this field
 * @param refusal the reason why it cannot; empty if it can
 */
public record FieldAccount(String account, Optional<Owner> owner, String refusal) {
  /** An account that can own a range. */
  public static FieldAccount of(Owner owner) {
    return new FieldAccount(owner.dn().orElseGet(owner::nameAndUid), Optional.of(owner), "");
  }

  /** An account that cannot own a range, for this reason. */
  public static FieldAccount refused(String account, String reason) {
    return new FieldAccount(account, Optional.empty(), reason);
  }
}
