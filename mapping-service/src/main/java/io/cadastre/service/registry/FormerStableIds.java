/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Severity;
import io.cadastre.subid.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the owners that an earlier version recorded under a stable id in another form: bytes that
 * are not UTF-8 were lost in it, so that several accounts could share one, and one range.
 */
final class FormerStableIds {
  private static final String REBIND_ALL = "cadastre rebind --all --reason \"stable ids\"";

  private FormerStableIds() {}

  /** Returns a finding for each id that several accounts had, and one for all others together. */
  static List<Finding> findings(LedgerQueries queries, AccountIndex read) {
    List<Allocation> recorded = recorded(queries, read);
    List<Finding> findings = new ArrayList<>();
    recorded.stream().filter(a -> isShared(a, read)).forEach(a -> findings.add(shared(a, read)));
    long others = recorded.stream().filter(a -> !isShared(a, read)).count();
    if (others > 0) {
      findings.add(
          new Finding(
              "stable-id-form",
              Severity.WARNING,
              "%d owners".formatted(others),
              "the ledger has the stable ids of %d owners in the form of an earlier version: these owners do not follow their accounts, and a PUT is refused"
                  .formatted(others),
              "Look at them with: %s --dry-run. Then run it without --dry-run."
                  .formatted(REBIND_ALL)));
    }
    return findings;
  }

  /** Returns the owners that are recorded under such an id. */
  static List<Allocation> recorded(LedgerQueries queries, AccountIndex read) {
    if (!read.hasFormerStableIds()) {
      return List.of();
    }
    return Stream.of(AllocationState.ACTIVE, AllocationState.WITHHELD, AllocationState.RETIRED)
        .flatMap(state -> queries.inState(state).stream())
        .filter(a -> !read.byFormerStableId(a.owner().stableId()).isEmpty())
        .toList();
  }

  /** Whether several accounts had the stable id by which this owner is recorded. */
  static boolean isShared(Allocation recorded, AccountIndex read) {
    return read.byFormerStableId(recorded.owner().stableId()).size() > 1;
  }

  private static Finding shared(Allocation a, AccountIndex read) {
    String accounts =
        read.byFormerStableId(a.owner().stableId()).stream()
            .map(Owner::nameAndUid)
            .collect(Collectors.joining(", "));
    return new Finding(
        "stable-id-was-shared",
        Severity.ERROR,
        a.owner().nameAndUid(),
        "earlier versions took the accounts %s for one owner, since their stable ids are not text: the range %s of %s may hold the files of each of them"
            .formatted(accounts, a.uidRange(), a.owner().nameAndUid()),
        "Decide which account keeps the range. For the one with the recorded name run: cadastre rebind %s --reason \"stable ids\". The others get ranges of their own by a PUT."
            .formatted(ShellWord.of(a.owner().name().value())));
  }
}
