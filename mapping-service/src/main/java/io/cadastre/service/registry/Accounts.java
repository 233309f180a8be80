/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.Account;
import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.directory.DirectoryUnavailable;
import io.cadastre.service.directory.IdentityDirectory;
import io.cadastre.service.directory.LookupResult;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.ForgottenIds;
import io.cadastre.service.ledger.RealIds;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Who exists, as the directory says: all accounts as last read, and one account asked for at once.
 * Thread-safe.
 */
public final class Accounts {
  private final Optional<Source> source;
  private final ReentrantLock keeping = new ReentrantLock();
  private volatile Optional<Read> latest = Optional.empty();

  /** Where accounts come from, and what is known of earlier ones. */
  private record Source(IdentityDirectory directory, RealIdMemory memory, ReadAge age) {}

  /** The last read, and what the memory knew with it: one must never be seen without the other. */
  private record Read(AccountIndex accounts, RealIdMemory.Known known) {}

  private Accounts(Optional<Source> source) {
    this.source = source;
  }

  /** The accounts of this directory. */
  public Accounts(IdentityDirectory directory, RealIdMemory memory, ReadAge age) {
    this(Optional.of(new Source(directory, memory, age)));
  }

  /** No directory: there are no real IDs to keep clear of. */
  public static Accounts none() {
    return new Accounts(Optional.empty());
  }

  /**
   * Reads all accounts and keeps them; empty without a directory. What the read shows is in the
   * database before anything relies on it.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   * @throws Unavailable if the database does not answer
   */
  public Optional<AccountIndex> read() {
    return source.map(this::read);
  }

  private AccountIndex read(Source from) {
    long begun = System.nanoTime();
    try {
      AccountIndex read = from.directory().readAll();
      keep(from, read, begun);
      return read;
    } catch (RuntimeException e) {
      from.age().failed(e);
      throw e;
    }
  }

  private void keep(Source from, AccountIndex read, long begun) {
    keeping.lock();
    try {
      if (!from.age().isNewerThan(begun)) {
        latest = Optional.of(new Read(read, from.memory().follow(read)));
        from.age().succeeded(begun);
      }
    } finally {
      keeping.unlock();
    }
  }

  /** Reads all accounts and keeps them: {@link #read()} for a scheduler. */
  public void refresh() {
    Optional<AccountIndex> unused = read();
  }

  /** The last whole read, if there was one. */
  public Optional<AccountIndex> latest() {
    return latest.map(Read::accounts);
  }

  /** Why nothing is allocated, if the accounts were read too long ago; see {@link ReadAge}. */
  public Optional<String> obstacle() {
    return source.flatMap(from -> from.age().obstacle());
  }

  /** The same as a finding. */
  public List<Finding> findings() {
    return source.map(from -> from.age().findings()).orElse(List.of());
  }

  /**
   * What is known of real IDs in a range that is to be given out.
   *
   * @throws Unavailable if the directory has not been read yet or for too long
   */
  RealIds realIds(IdRange range) {
    if (source.isEmpty()) {
      return RealIds.NONE;
    }
    source.get().age().check();
    Read read = latest.orElseThrow();
    if (read.accounts().touches(range)) {
      return RealIds.PRESENT;
    }
    return read.known().remembers(range) ? RealIds.REMEMBERED : RealIds.NONE;
  }

  /** Whether a real ID lies in the range by the last read. */
  boolean touches(IdRange range) {
    return latest.filter(read -> read.accounts().touches(range)).isPresent();
  }

  /** Whether only the memory knows of a real ID in the range. */
  public boolean onlyRemembers(IdRange range) {
    return !touches(range) && latest.filter(read -> read.known().remembers(range)).isPresent();
  }

  /**
   * Forgets the real IDs of a range that are gone, after a read that shows which are.
   *
   * @param dryRun whether only to count them
   * @throws Refused if no directory is configured
   */
  ForgottenIds forget(IdRange range, boolean dryRun, AuditContext context) {
    Source from =
        source.orElseThrow(
            () ->
                new Refused(
                    RefusalCode.BAD_REQUEST,
                    "no directory is configured, so no IDs are remembered"));
    AccountIndex unused = read(from);
    keeping.lock();
    try {
      ForgottenIds forgotten = from.memory().forget(range, dryRun, context);
      latest = latest.map(read -> new Read(read.accounts(), from.memory().known()));
      return forgotten;
    } finally {
      keeping.unlock();
    }
  }

  /**
   * The accounts of these names, as the directory has them now.
   *
   * @return gives the account of a name; throws {@link Refused} if there is none, it is ambiguous,
   *     or it cannot own a range
   */
  Function<OwnerName, ResolvedAccount> identifyAll(Collection<OwnerName> names) {
    Map<OwnerName, LookupResult> answers =
        source
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalCode.BAD_REQUEST,
                        "no directory is configured to look the account up in"))
            .directory()
            .findAll(names);
    return name -> identified(name, answers.getOrDefault(name, new LookupResult.Unknown()));
  }

  private static ResolvedAccount identified(OwnerName name, LookupResult answer) {
    if (answer instanceof LookupResult.Refused unfit) {
      throw new Refused(RefusalCode.INVALID_IDENTITY, unfit.finding().message());
    }
    if (!(answer instanceof LookupResult.Found found)) {
      throw new Refused(
          RefusalCode.UNKNOWN_ACCOUNT, "the directory has no account named %s".formatted(name));
    }
    Account account = found.account();
    if (account.ambiguous()) {
      throw new Refused(
          RefusalCode.AMBIGUOUS_ACCOUNT,
          "another account shares the name %s or the uidNumber %d; give each its own in the directory"
              .formatted(name, account.owner().uidNumber()));
    }
    return new ResolvedAccount(account.owner(), true, account.entitled());
  }

  /**
   * The entitled accounts that a filter matches.
   *
   * @throws Refused if it is no filter, or there is no directory
   * @throws Unavailable if the accounts have not been read yet or for too long: they are asked for
   *     to be given ranges
   */
  public List<Owner> search(String filter) {
    Source from =
        source.orElseThrow(
            () -> new Refused(RefusalCode.BAD_REQUEST, "no directory is configured to search"));
    from.age().check();
    try {
      return from.directory().search(filter).stream()
          .filter(Account::entitled)
          .map(Account::owner)
          .toList();
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }
}
