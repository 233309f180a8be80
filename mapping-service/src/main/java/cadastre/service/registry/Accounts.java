/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.directory.Account;
import cadastre.service.directory.AccountRead;
import cadastre.service.directory.DirectoryUnavailable;
import cadastre.service.directory.IdentityDirectory;
import cadastre.service.directory.Lookup;
import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.service.failure.Unavailable;
import cadastre.subid.IdRange;
import cadastre.subid.Owner;
import cadastre.subid.OwnerName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who exists, as the directory says: all accounts as last read, and one account asked for at once.
 * Thread-safe.
 */
public final class Accounts {
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  private final Optional<IdentityDirectory> directory;
  private volatile Optional<AccountRead> latest = Optional.empty();

  /** The last read that had not lost many: an ID that is hidden now is somebody's all the same. */
  private volatile Optional<AccountRead> believed = Optional.empty();

  /** The accounts of this directory; without one, there are no real IDs to keep clear of. */
  public Accounts(Optional<IdentityDirectory> directory) {
    this.directory = directory;
  }

  /** Reads all accounts and keeps them; empty without a directory. */
  public Optional<AccountRead> read() {
    Optional<AccountRead> read = directory.map(IdentityDirectory::readAll);
    believed = read.flatMap(now -> believed.filter(now::lacksManyOf).or(() -> read));
    latest = read;
    return read;
  }

  /** Believes the last read, whatever it has lost. */
  void believeLatest() {
    believed = latest;
  }

  /** Reads all accounts and keeps them; never throws: the next run tries again. */
  public void refresh() {
    try {
      Optional<AccountRead> unused = read();
    } catch (DirectoryUnavailable e) {
      LOG.warn("the directory's accounts cannot be read: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("reading the directory's accounts failed; it will be tried again", e);
    }
  }

  /** The last whole read, if there was one. */
  public Optional<AccountRead> latest() {
    return latest;
  }

  /**
   * Whether a range holds a real ID, by the last read; if that has lost many, by the one before it
   * as well.
   *
   * @throws Unavailable if the directory has not been read yet: then nobody knows
   */
  public boolean touches(IdRange range) {
    return directory.isPresent()
        && (latest
                .orElseThrow(
                    () ->
                        new Unavailable(
                            "the directory's accounts have not been read yet, so no range can be checked against their IDs",
                            Duration.ofSeconds(5)))
                .touches(range)
            || believed.orElseThrow().touches(range));
  }

  /**
   * The accounts of these names, as the directory has them now.
   *
   * @return gives the account of a name; throws {@link Refused} if there is none, it is ambiguous,
   *     or it cannot own a range
   */
  Function<OwnerName, Identified> identifyAll(Collection<OwnerName> names) {
    Map<OwnerName, Lookup> answers =
        directory
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalCode.BAD_REQUEST,
                        "no directory is configured to look the account up in"))
            .findAll(names);
    return name -> identified(name, answers.getOrDefault(name, new Lookup.Unknown()));
  }

  private static Identified identified(OwnerName name, Lookup answer) {
    if (answer instanceof Lookup.Refused unfit) {
      throw new Refused(RefusalCode.INVALID_IDENTITY, unfit.finding().message());
    }
    if (!(answer instanceof Lookup.Found found)) {
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
    return new Identified(account.owner(), true, account.entitled());
  }

  /**
   * The entitled accounts that a filter matches.
   *
   * @throws Refused if it is no filter, or there is no directory
   */
  public List<Owner> search(String filter) {
    try {
      return directory
          .orElseThrow(
              () -> new Refused(RefusalCode.BAD_REQUEST, "no directory is configured to search"))
          .search(filter)
          .stream()
          .filter(Account::entitled)
          .map(Account::owner)
          .toList();
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }
}
