/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.ReleasedRange;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.imports.ImportPlan;
import io.cadastre.service.ledger.ForeignRange;
import io.cadastre.service.ledger.ForgottenIds;
import io.cadastre.service.ledger.LedgerReport;
import io.cadastre.service.registry.AccountSynchronizer.Followed;
import io.cadastre.service.registry.AdoptionCommands.Adopted;
import io.cadastre.service.registry.NewlyEntitledAccounts.Taken;
import io.cadastre.service.token.KnownTokens;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * The operations of an admin beyond a single owner. Every method throws {@link Refused} if the
 * caller must change something and {@link Unavailable} if the same call may succeed later.
 * Thread-safe.
 */
public final class AdminCommands {
  private final Accounts accounts;
  private final KnownTokens tokens;
  private final Reconciler reconciler;
  private final LedgerVerification verification;
  private final Optional<AdoptionCommands> adoption;
  private final Optional<DismissalCommands> dismissal;
  private final Optional<ForeignRangeCommands> foreign;
  private final IdentityCommands identities;
  private final Optional<AccountSynchronizer> synchronizer;
  private final Optional<NewlyEntitledAccounts> entitled;
  private final RealIdCommands realIds;
  private final ImportCommands imports;

  /**
   * Admin operations by these parts.
   *
   * @param synchronizer empty if the owners are not the directory's accounts
   * @param entitled empty if ranges are allocated on request only
   */
  public AdminCommands(
      Accounts accounts,
      KnownTokens tokens,
      Reconciler reconciler,
      LedgerVerification verification,
      Optional<AdoptionCommands> adoption,
      Optional<DismissalCommands> dismissal,
      Optional<ForeignRangeCommands> foreign,
      IdentityCommands identities,
      Optional<AccountSynchronizer> synchronizer,
      Optional<NewlyEntitledAccounts> entitled,
      RealIdCommands realIds,
      ImportCommands imports) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.reconciler = reconciler;
    this.verification = verification;
    this.adoption = adoption;
    this.dismissal = dismissal;
    this.foreign = foreign;
    this.identities = identities;
    this.synchronizer = synchronizer;
    this.entitled = entitled;
    this.realIds = realIds;
    this.imports = imports;
  }

  /**
   * The result of a verification.
   *
   * @param equal whether the tables are equal to the events
   * @param events the number of events that were read
   */
  public record Verification(boolean equal, long events, List<Finding> findings) {
    /** Copies the list. */
    public Verification {
      findings = List.copyOf(findings);
    }
  }

  /**
   * The result of an adoption.
   *
   * @param warnings a finding for each adopted range that holds the ID of a removed account
   * @param suspended the names of the tokens that were, or would be, suspended
   */
  public record Adoption(
      List<Allocation> allocations,
      List<Finding> refused,
      List<Finding> warnings,
      List<String> suspended) {
    /** Copies the lists. */
    public Adoption {
      suspended = List.copyOf(suspended);
      allocations = List.copyOf(allocations);
      refused = List.copyOf(refused);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The result of following the directory.
   *
   * @param forgotten the real IDs that were, or would be, forgotten; empty if none were asked for
   * @param followed empty if nothing could follow: no directory, or changes are held back
   * @param entitled empty if ranges are allocated on request only
   */
  public record Following(
      Optional<ForgottenIds> forgotten, Optional<Followed> followed, Optional<Taken> entitled) {}

  /**
   * The entitled accounts that an LDAP filter matches, and the counts of the last read; as {@link
   * Accounts#search}.
   */
  public AccountSearch accounts(String filter, LongConsumer progress) {
    return AccountSearch.of(accounts.search(filter, progress), accounts.census());
  }

  /** Compares the directory with the ledger; a repair publishes anew every owner that differs. */
  public List<Finding> reconcile(boolean repair) {
    return repair ? reconciler.repair() : reconciler.report();
  }

  /** Compares the ledger with its own events. */
  public Verification verifyLedger() {
    LedgerReport report = verification.run();
    return new Verification(report.isEqual(), report.events(), verification.findings());
  }

  /** Adopts the entries that the ledger lacks, then compares the directory again. */
  public Adoption adopt(OptionalLong acceptedSerial, boolean dryRun, AuditContext context) {
    Adopted adopted =
        adoption.orElseThrow(AdminCommands::noDirectory).adopt(acceptedSerial, dryRun, context);
    if (!dryRun) {
      tokens.reloadAfterChange();
      compare();
    }
    return new Adoption(
        adopted.allocations(),
        adopted.refused(),
        adopted.allocations().stream().filter(this::holdsRememberedId).map(this::warning).toList(),
        adopted.suspended());
  }

  private boolean holdsRememberedId(Allocation allocation) {
    return accounts.onlyRemembers(allocation.uidRange())
        || accounts.onlyRemembers(allocation.gidRange());
  }

  private Finding warning(Allocation allocation) {
    return new Finding(
        "former-id",
        Severity.WARNING,
        allocation.owner().nameAndUid(),
        "a range of allocation %s holds the uid or gid of an account or group that was removed lately"
            .formatted(allocation.id()),
        "Nothing: the directory published the range.");
  }

  /** Dismisses an entry, so that it holds no pool, then compares the directory again. */
  public Dismissed dismissEntry(String dn, boolean dryRun, AuditContext context) {
    Dismissed dismissed =
        dismissal.orElseThrow(AdminCommands::noDirectory).dismiss(dn, dryRun, context);
    if (!dryRun) {
      compare();
    }
    return dismissed;
  }

  /** The recorded ranges of entries that are not the ledger's. */
  public List<ForeignRange> foreignRanges() {
    return foreign.map(ForeignRangeCommands::ranges).orElse(List.of());
  }

  /** Releases the range of an entry that is gone, as {@link ForeignRangeCommands#release} does. */
  public ReleasedRange releaseForeign(
      String range, boolean localRows, boolean dryRun, AuditContext context) {
    return foreign
        .orElseThrow(AdminCommands::noDirectory)
        .release(range, localRows, dryRun, context);
  }

  private void compare() {
    List<Finding> unused = reconciler.report();
  }

  private static Refused noDirectory() {
    return new Refused(RefusalCode.BAD_REQUEST, "no directory is configured");
  }

  /** Rebinds every owner whose name and uid an account has under another stable ID. */
  public IdentityCommands.Rebinding rebindAll(boolean dryRun, AuditContext context) {
    return identities.rebindAll(dryRun, context);
  }

  /**
   * Reads all accounts and follows them.
   *
   * @param forgetIds a range of real IDs to forget first, as {@link RealIdCommands#forget} takes it
   * @param accepted what to accept of the read
   * @param acceptEntitled so many newly entitled accounts may get ranges within an hour
   */
  public Following follow(
      Optional<String> forgetIds,
      FollowAcceptance accepted,
      OptionalLong acceptEntitled,
      boolean dryRun,
      AuditContext context) {
    if (acceptEntitled.isPresent() && entitled.isEmpty()) {
      throw NewlyEntitledAccounts.onRequestOnly();
    }
    Optional<ForgottenIds> forgotten =
        forgetIds.map(range -> realIds.forget(range, dryRun, context));
    if (forgotten.isPresent() && synchronizer.isEmpty()) {
      return new Following(forgotten, Optional.empty(), Optional.empty());
    }
    Optional<Followed> followed =
        synchronizer
            .orElseThrow(AdminCommands::ownersAreNotAccounts)
            .readAndFollow(accepted, dryRun);
    return new Following(
        forgotten, followed, entitled.map(e -> e.take(acceptEntitled, dryRun, context)));
  }

  private static Refused ownersAreNotAccounts() {
    return new Refused(
        RefusalCode.BAD_REQUEST,
        "identities come from the caller (identity.source: caller): the directory's accounts are"
            + " not the owners");
  }

  /** Validates node files and imports the valid ranges unchanged. */
  public ImportPlan importFiles(ImportRequest request, AuditContext context) {
    return imports.run(request, context);
  }
}
