/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.stream.Collectors;

/** Says why an owner field that denotes accounts pins nothing. */
final class FieldJudge {
  private FieldJudge() {}

  /** The finding about a row whose field denotes several accounts, or one that cannot own. */
  static Finding finding(NodeRow row) {
    return row.accounts().size() > 1 ? ambiguous(row) : refused(row, row.accounts().get(0));
  }

  private static Finding ambiguous(NodeRow row) {
    return new Finding(
        "ambiguous-owner",
        Severity.ERROR,
        row.place(),
        "the owner field %s is the name or uid of %d accounts: %s; its range %s is not pinned"
            .formatted(
                row.ownerField(),
                row.accounts().size(),
                row.accounts().stream()
                    .map(FieldAccount::account)
                    .collect(Collectors.joining(" and ")),
                row.range()),
        "Find out who has the files. Then write the name of that account into the row, or leave the row out and allocate a new range.");
  }

  private static Finding refused(NodeRow row, FieldAccount account) {
    return new Finding(
        "owner-refused",
        Severity.ERROR,
        row.place(),
        "the owner field %s is an account that cannot own its range %s: %s, %s"
            .formatted(row.ownerField(), row.range(), account.account(), account.refusal()),
        "Correct the account and import again, or leave the row out.");
  }
}
