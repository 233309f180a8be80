/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import io.cadastre.subid.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Finds owners with an account that is entitled to a range no more: outside of the entitlement
 * filter, or below the minimum uid. They keep their ranges until an admin retires them.
 * Thread-safe.
 */
final class EntitlementFindings {
  private static final int MOST = 100;

  private final Ledger ledger;
  private final Accounts accounts;

  EntitlementFindings(Ledger ledger, Accounts accounts) {
    this.ledger = ledger;
    this.accounts = accounts;
  }

  /** Asks the directory; a finding for each owner, or one for all if they are many. */
  List<Finding> findings() {
    return accounts.latest().map(this::findings).orElse(List.of());
  }

  private List<Finding> findings(AccountIndex read) {
    try {
      if (!ledger.read(queries -> hasActive(queries, read))) {
        return List.of();
      }
      Set<String> entitled = accounts.entitled(read);
      return ledger.read(queries -> others(queries, read, entitled));
    } catch (Unavailable e) {
      return List.of(unknown(e));
    }
  }

  private static boolean hasActive(LedgerQueries queries, AccountIndex read) {
    AtomicBoolean found = new AtomicBoolean();
    forEachActive(queries, read, a -> found.set(true));
    return found.get();
  }

  private static void forEachActive(
      LedgerQueries queries, AccountIndex read, Consumer<Allocation> consumer) {
    queries.forEachAllocation(
        a -> {
          if (a.state() == AllocationState.ACTIVE
              && read.byStableId(a.owner().stableId()).isPresent()) {
            consumer.accept(a);
          }
        });
  }

  private static List<Finding> others(
      LedgerQueries queries, AccountIndex read, Set<String> entitled) {
    List<Allocation> first = new ArrayList<>();
    AtomicLong count = new AtomicLong();
    forEachActive(
        queries,
        read,
        a -> {
          if (!entitled.contains(a.owner().stableId()) && count.incrementAndGet() <= MOST) {
            first.add(a);
          }
        });
    return count.get() > MOST
        ? List.of(many(count.get(), first.get(0)))
        : first.stream().map(EntitlementFindings::one).toList();
  }

  private static Finding one(Allocation a) {
    String subject = a.owner().nameAndUid();
    return new Finding(
        "entitled-no-more",
        Severity.WARNING,
        subject,
        "%s has the range %s, and the account is outside of entitlementFilter or below minimumUid"
            .formatted(subject, a.uidRange()),
        "If the owner no longer needs the range, run: cadastre retire --reason \"entitled no more\" "
            + ShellWord.of(a.owner().name().value()));
  }

  private static Finding many(long count, Allocation first) {
    return new Finding(
        "entitled-no-more",
        Severity.WARNING,
        count + " owners",
        "%d owners have ranges, and their accounts are outside of entitlementFilter or below minimumUid, the first %s"
            .formatted(count, first.owner().name()),
        "Look whether the filter is right: so many rarely change at once.");
  }

  private static Finding unknown(Unavailable why) {
    return new Finding(
        "entitlement-unknown",
        Severity.WARNING,
        "the entitlement of all owners",
        "the directory does not say which accounts are entitled: " + why.getMessage(),
        "Run the audit again when the directory answers.");
  }
}
