/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.IdentitySettings;
import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.directory.Census;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.directory.DirectoryUnavailable;
import io.cadastre.service.directory.FilteredAccounts;
import io.cadastre.service.directory.IdentityDirectory;
import io.cadastre.service.directory.LookupResult;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.idmap.DomainSid;
import io.cadastre.service.ledger.ForgottenIds;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.RealIds;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.OwnerName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The accounts of the directory: all of them as last read, and single ones looked up at once.
 * Thread-safe.
 */
public final class Accounts {
  private final Optional<Source> source;
  private final ReentrantLock keeping = new ReentrantLock();
  private volatile Optional<Read> latest = Optional.empty();

  /** The source of accounts, and the memory of earlier ones. */
  private record Source(IdentityDirectory directory, RealIdMemory memory, ReadAge age) {}

  /** The last read and the IDs remembered with it; both change together. */
  private record Read(AccountIndex accounts, RememberedIds remembered) {}

  private Accounts(Optional<Source> source) {
    this.source = source;
  }

  /** The accounts of this directory. */
  public Accounts(IdentityDirectory directory, RealIdMemory memory, ReadAge age) {
    this(Optional.of(new Source(directory, memory, age)));
  }

  /** Returns the accounts of the configured directory, if there is one. */
  public static Accounts of(
      IdentitySettings settings, Optional<Directory> directory, Ledger ledger) {
    return directory
        .map(
            d ->
                new Accounts(
                    d.identity(),
                    new RealIdMemory(ledger, settings.memory()),
                    new ReadAge(settings.oldestRead())))
        .orElseGet(Accounts::none);
  }

  /** Returns the accounts of no directory: no real ID is known. */
  public static Accounts none() {
    return new Accounts(Optional.empty());
  }

  /**
   * Reads all accounts, keeps them, and records their real IDs in the database. Another thread's
   * later read is not replaced.
   *
   * @return the accounts that were read; empty without a directory
   * @throws DirectoryUnavailable if the directory does not answer to the end
   * @throws Unavailable if the database does not answer
   */
  public Optional<AccountIndex> refresh() {
    return source.map(this::refresh);
  }

  private AccountIndex refresh(Source from) {
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
        latest = Optional.of(new Read(read, from.memory().update(read)));
        from.age().succeeded(begun);
      }
    } finally {
      keeping.unlock();
    }
  }

  /** The last complete read; empty before the first. */
  public Optional<AccountIndex> latest() {
    return latest.map(Read::accounts);
  }

  /** Returns why nothing is allocated, as {@link ReadAge#obstacle}. */
  public Optional<String> obstacle() {
    return source.flatMap(from -> from.age().obstacle());
  }

  /** The obstacle as a finding, and what is wrong with the accounts as a whole. */
  public List<Finding> findings() {
    return Stream.concat(
            source.stream().flatMap(from -> from.age().findings().stream()),
            census().findings().stream())
        .toList();
  }

  /**
   * Returns what is known of real IDs in a range before it is given out.
   *
   * @throws Unavailable if the directory has not been read yet, or the last read is too old
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
    return read.remembered().hasMissing(range) ? RealIds.REMEMBERED : RealIds.NONE;
  }

  /** Whether the last read has a real ID in the range. */
  boolean touches(IdRange range) {
    return latest.filter(read -> read.accounts().touches(range)).isPresent();
  }

  /** The remembered ID in the range, such as {@code uid 1001}, if the last read has none. */
  Optional<String> onlyRemembered(IdRange range) {
    return touches(range)
        ? Optional.empty()
        : latest.flatMap(read -> read.remembered().firstMissing(range));
  }

  /** Whether a real ID in the range is remembered and the last read has none. */
  public boolean onlyRemembers(IdRange range) {
    return onlyRemembered(range).isPresent();
  }

  /**
   * Reads all accounts, then forgets the real IDs of a range that the read does not have.
   *
   * @param dryRun whether only to count them
   * @throws Refused if no directory is configured
   */
  ForgottenIds forget(IdRange range, boolean dryRun, AuditContext context) {
    Source from = sourceFor("no directory is configured, so no IDs are remembered");
    AccountIndex unused = refresh(from);
    keeping.lock();
    try {
      ForgottenIds forgotten = from.memory().forget(range, dryRun, context);
      latest = latest.map(read -> new Read(read.accounts(), from.memory().remembered()));
      return forgotten;
    } finally {
      keeping.unlock();
    }
  }

  /**
   * Looks up these names in the directory.
   *
   * @return a result for each name
   * @throws Refused if no directory is configured
   */
  Map<OwnerName, LookupResult> find(Collection<OwnerName> names) {
    return sourceFor("no directory is configured to look the account up in")
        .directory()
        .findAll(names);
  }

  /**
   * Returns the entitled accounts that a filter matches; takes as long as the directory works.
   *
   * @param progress gets the number of accounts found so far, once a second
   * @throws Refused if the text is not a filter that can match, or no directory is configured
   * @throws Unavailable if the directory has not been read yet, or the last read is too old: the
   *     caller would ask for ranges of accounts that get none now
   */
  public FilteredAccounts search(String filter, LongConsumer progress) {
    Source from = sourceFor("no directory is configured to search");
    from.age().check();
    try {
      return from.directory().search(filter, progress);
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }

  /** Counts the accounts of each domain of Active Directory; empty without a directory. */
  Map<DomainSid, Long> domains() {
    return source.map(from -> from.directory().domains()).orElse(Map.of());
  }

  /**
   * Asks the directory which accounts of a read are entitled to a range, by stable id.
   *
   * @throws Refused if no directory is configured
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  Set<String> entitled(AccountIndex read) {
    return sourceFor("no directory is configured").directory().entitled(read);
  }

  /** The counts of the last read. */
  public Census census() {
    return latest.map(read -> read.accounts().census()).orElse(Census.NONE);
  }

  private Source sourceFor(String refusal) {
    return source.orElseThrow(() -> new Refused(RefusalCode.BAD_REQUEST, refusal));
  }
}
