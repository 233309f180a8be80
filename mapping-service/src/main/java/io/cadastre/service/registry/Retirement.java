/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.OwnerName;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the owner that a retirement means. A new account under an old name may never have got a
 * range: its retirement must not retire the former holder of the name, who has another name now.
 */
final class Retirement {
  private final LedgerQueries queries;
  private final NameCase nameCase;

  Retirement(LedgerQueries queries, NameCase nameCase) {
    this.queries = queries;
    this.nameCase = nameCase;
  }

  /**
   * Returns the allocation of the present holder of the name, or of the last holder if that owner
   * is retired.
   *
   * @throws Refused if no owner has had the name, or its last holder has another name now and is
   *     not retired
   */
  Allocation named(OwnerName name) {
    Optional<Allocation> present = present(name);
    if (present.isPresent()) {
      return present.get();
    }
    Allocation last =
        nameCase
            .find(name, queries.names()::lastHolder)
            .orElseThrow(() -> OwnerQueries.unknownOwner(name.value()));
    if (last.state() != AllocationState.RETIRED) {
      throw AdmissionRefusals.ownerRenamed(name, last.owner());
    }
    return last;
  }

  /**
   * Returns the allocation of the owner with this stable id, who has or had the name.
   *
   * @param stableId as the ledger writes it, or without the prefix that tells its source
   * @throws Refused if there is no such owner
   */
  Allocation identified(OwnerName name, String stableId) {
    return Stream.concat(
            Stream.of(nameCase.of(name), name)
                .flatMap(spelling -> queries.names().stableIdsUnder(spelling).stream()),
            present(name).map(a -> a.owner().stableId()).stream())
        .filter(recorded -> isMeant(recorded, stableId))
        .map(queries::countingFor)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () -> {
              AdmissionRules.requireNewName(name);
              return AdmissionRefusals.neverUnderThatId(name, stableId);
            });
  }

  private Optional<Allocation> present(OwnerName name) {
    return OwnerQueries.present(queries, nameCase, name);
  }

  /**
   * Whether a stable id that a request gives is this recorded one.
   *
   * @param given as the ledger writes it, or without the prefix that tells its source
   */
  static boolean isMeant(String recorded, String given) {
    return recorded.equals(given) || recorded.substring(recorded.indexOf(':') + 1).equals(given);
  }
}
