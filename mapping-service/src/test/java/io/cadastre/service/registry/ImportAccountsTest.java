/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.config.IdentitySource;
import io.cadastre.service.config.NameCase;
import io.cadastre.service.imports.FieldAccount;
import io.cadastre.subid.ReservedNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The owner fields of files, and the accounts that a caller gives. */
class ImportAccountsTest {
  private static List<FieldAccount> found(NameCase nameCase, String field, String... names) {
    List<GivenAccount> given =
        IntStream.range(0, names.length).mapToObj(i -> given(names[i], 1000 + i)).toList();
    Identities identities = new Identities(IdentitySource.CALLER, Accounts.none(), nameCase);
    return ImportAccounts.of(given, identities, ReservedNames.byDefault()).of(field);
  }

  private static GivenAccount given(String name, long uid) {
    return new GivenAccount(name, new CallerIdentity(uid, uid, Optional.empty(), Optional.empty()));
  }

  /** The owner is lowered, so the field, in any case, must be as well. */
  @Test
  void loweredNamesAreFoundByAFieldInAnyCase() {
    assertThat(found(NameCase.LOWER, "zoe", "Zoe"))
        .isEqualTo(found(NameCase.LOWER, "ZOE", "Zoe"))
        .singleElement()
        .satisfies(a -> assertThat(a.owner().orElseThrow().name().value()).isEqualTo("zoe"));
    assertThat(found(NameCase.LOWER, "zoe", "Zoe", "zoE")).hasSize(2);
  }

  @Test
  void otherwiseNamesCountByteForByte() {
    assertThat(found(NameCase.PRESERVE, "Zoe", "Zoe")).hasSize(1);
    assertThat(found(NameCase.PRESERVE, "zoe", "Zoe")).isEmpty();
  }
}
