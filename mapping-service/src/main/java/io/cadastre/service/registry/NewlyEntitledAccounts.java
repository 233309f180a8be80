/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.IdentitySettings;
import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.directory.DirectoryUnavailable;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.registry.UnaskedAllocation.Allocated;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives ranges to accounts that became entitled, without a request: {@code identity.allocate:
 * entitled}. Thread-safe.
 *
 * <p>A range is given for ever, so a mistake in a filter must not give thousands. An account gets
 * one only if two successive reads show it with the same stable id, name and uid, and the ledger
 * has never known any of the three. If a read shows more of them than the limit, or any at the
 * first run with the ledger, none gets a range until an admin accepts the number.
 */
public final class NewlyEntitledAccounts {
  private static final Logger LOG = LoggerFactory.getLogger(NewlyEntitledAccounts.class);

  private static final AuditContext FIRST_RUN =
      AuditContext.service("entitlement", "no account waits at the first run");

  private final Ledger ledger;
  private final Accounts accounts;
  private final Publisher publisher;
  private final ChangeGate gate;
  private final AdmissionRules rules;
  private final UnaskedAllocation allocation;
  private final UnaskedLimit limit;
  private final ReentrantLock taking = new ReentrantLock();
  private Optional<Shown> shown = Optional.empty();
  private volatile List<Finding> findings = List.of();

  /** The newly entitled accounts of a read, by stable id. */
  private record Shown(AccountIndex read, Map<String, Owner> accounts) {
    boolean has(Owner account) {
      return Optional.ofNullable(accounts.get(account.stableId()))
          .filter(before -> before.name().equals(account.name()))
          .filter(before -> before.uidNumber() == account.uidNumber())
          .isPresent();
    }
  }

  /**
   * The newly entitled accounts of a read, as counts.
   *
   * @param allocated got a range
   * @param waiting have none yet
   */
  public record Taken(int allocated, int waiting) {}

  /** The newly entitled accounts, if these settings give them ranges without a request. */
  public static Optional<NewlyEntitledAccounts> of(
      IdentitySettings settings,
      Ledger ledger,
      Accounts accounts,
      Identities identities,
      Publisher publisher,
      ChangeGate gate,
      AdmissionRules rules) {
    return settings.allocatesUnasked()
        ? Optional.of(
            new NewlyEntitledAccounts(
                ledger, accounts, identities, publisher, gate, rules, settings.mostUnasked()))
        : Optional.empty();
  }

  /**
   * Newly entitled accounts of this directory.
   *
   * @param acceptAbove how many of a read get ranges without an admin's acceptance, at most
   */
  NewlyEntitledAccounts(
      Ledger ledger,
      Accounts accounts,
      Identities identities,
      Publisher publisher,
      ChangeGate gate,
      AdmissionRules rules,
      long acceptAbove) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.publisher = publisher;
    this.gate = gate;
    this.rules = rules;
    this.allocation = new UnaskedAllocation(ledger, identities, gate, rules);
    this.limit = new UnaskedLimit(ledger, acceptAbove);
  }

  /** Gives ranges to the newly entitled accounts of the last read. */
  public void run() {
    Taken unused = take(OptionalLong.empty(), false, UnaskedAllocation.CONTEXT);
  }

  /**
   * Gives ranges to the newly entitled accounts of the last read. Does nothing while changes are
   * held back.
   *
   * @param accepted so many accounts may get ranges from now on, within an hour
   * @param dryRun whether only to count
   * @throws Refused if more accounts wait than are accepted
   * @throws DirectoryUnavailable if the directory does not say which accounts are entitled
   */
  public Taken take(OptionalLong accepted, boolean dryRun, AuditContext context) {
    Optional<AccountIndex> read = accounts.latest();
    if (read.isEmpty() || gate.obstacle().isPresent()) {
      return new Taken(0, 0);
    }
    taking.lock();
    try {
      return take(read.get(), accepted, dryRun, context);
    } finally {
      taking.unlock();
    }
  }

  private Taken take(
      AccountIndex read, OptionalLong accepted, boolean dryRun, AuditContext context) {
    List<Owner> entitled = newlyEntitled(read);
    accepted.ifPresent(number -> requireEnough(number, entitled.size()));
    if (!dryRun && accepted.isPresent()) {
      limit.accept(accepted.getAsLong(), context);
    } else if (!dryRun && entitled.isEmpty() && fits(read) && !limit.hasBegun()) {
      limit.accept(0, FIRST_RUN);
    }
    long most = dryRun && accepted.isPresent() ? accepted.getAsLong() : limit.now();
    List<Owner> twice = entitled.stream().filter(account -> wasShown(read, account)).toList();
    Allocated done = entitled.size() > most ? Allocated.NONE : allocation.allocate(twice, dryRun);
    int waiting = entitled.size() - done.accounts();
    if (!dryRun) {
      shown = Optional.of(new Shown(read, byStableId(entitled)));
      report(entitled, most, done);
      publisher.signal();
    }
    return new Taken(done.accounts(), waiting);
  }

  /** Whether the configuration fits the directory: none waits behind a mistake in it. */
  private static boolean fits(AccountIndex read) {
    return read.census().errors().stream().allMatch(f -> f.rule().equals("none-entitled"));
  }

  /** The entitled accounts that could get a range and are unknown to the ledger, by uid. */
  private List<Owner> newlyEntitled(AccountIndex read) {
    Set<String> entitled = accounts.entitled(read);
    return ledger.read(
        queries -> {
          Set<String> recorded = queries.names().stableIds();
          List<Owner> candidates =
              read.owners().stream()
                  .filter(account -> entitled.contains(account.stableId()))
                  .filter(account -> !recorded.contains(account.stableId()))
                  .filter(account -> !read.isAmbiguous(account.stableId()))
                  .filter(account -> account.name().isAdmissible() && account.hasAdmissibleUid())
                  .filter(account -> !rules.reservedNames().contains(account.name()))
                  .sorted(Comparator.comparing(Owner::uidNumber))
                  .toList();
          return queries.names().neverKnownAmong(candidates);
        });
  }

  /** Whether the read before this one showed the account as this one does. */
  private boolean wasShown(AccountIndex read, Owner account) {
    return shown.filter(before -> before.read() != read && before.has(account)).isPresent();
  }

  private static Map<String, Owner> byStableId(List<Owner> accounts) {
    return accounts.stream().collect(Collectors.toMap(Owner::stableId, Function.identity()));
  }

  private static void requireEnough(long accepted, int waiting) {
    if (accepted < waiting) {
      throw new Refused(
          RefusalCode.WRONG_STATE,
          "%d newly entitled accounts wait, and --accept-entitled %d is fewer: nothing was changed. To give all of them ranges, run: cadastre follow --accept-entitled %d"
              .formatted(waiting, accepted, waiting));
    }
  }

  static Refused onRequestOnly() {
    return new Refused(
        RefusalCode.BAD_REQUEST,
        "no account gets a range without a request: identity.allocate is onRequest. Leave acceptEntitled out, or set identity.allocate: entitled");
  }

  private void report(List<Owner> entitled, long most, Allocated done) {
    boolean waited = !findings.isEmpty();
    findings =
        entitled.size() > most
            ? List.of(UnaskedFindings.waiting(entitled, most, limit.hasBegun()))
            : done.findings();
    if (!waited) {
      findings.forEach(f -> LOG.warn("{}. {}", f.message(), f.remedy()));
    }
  }

  /**
   * Why newly entitled accounts have no range; empty if all have one, or get it at the next read.
   */
  public List<Finding> findings() {
    return findings;
  }
}
