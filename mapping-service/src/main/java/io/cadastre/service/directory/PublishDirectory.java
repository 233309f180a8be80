/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.schema.Profile;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.PublishConfiguration;
import io.cadastre.service.config.SearchBase;
import io.cadastre.service.config.ServerAddress;
import io.cadastre.subid.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Makes the entries of owners equal to the ledger. Idempotent: publishing a state again changes
 * nothing. Thread-safe. Connects on first use.
 */
public final class PublishDirectory implements AutoCloseable {
  private static final String ROLE = "publish directory";

  /** From so many owners at once the time of a measurement is small beside that of publishing. */
  private static final int MANY_OWNERS = 50;

  private final EntryCodec codec;
  private final PublishContainers containers;
  private final List<String> searchBases;
  private final LdapPool pool;
  private final PublishSchema schema;
  private final ConnectionConfiguration settings;
  private final IndexCheck indexes;
  private volatile Set<String> passedOver = Set.of();

  /**
   * The directory of this configuration.
   *
   * @throws IllegalArgumentException if the password or the certificates cannot be read
   */
  public PublishDirectory(PublishConfiguration configuration, Profile profile) {
    this(configuration, profile, LdapConnections.open(ROLE, configuration.connection()));
  }

  PublishDirectory(PublishConfiguration configuration, Profile profile, LdapPool pool) {
    this.codec = new EntryCodec(profile, configuration.base(), configuration.retiredBase());
    this.containers =
        new PublishContainers(configuration.base(), configuration.retiredBase(), pool);
    this.searchBases = containers.searchBases();
    this.pool = pool;
    this.schema = new PublishSchema(pool, configuration.base());
    this.settings = configuration.connection();
    this.indexes =
        new IndexCheck(
            profile,
            filter -> pool.nanosOfSearch(configuration.base(), filter),
            () -> pool.nanosOfReading(configuration.base()),
            System::nanoTime);
  }

  /**
   * What slows publishing down; measures the server unless that was done in the last minute or the
   * server is unreachable.
   */
  public List<Finding> measure() {
    try {
      indexes.run();
    } catch (DirectoryUnavailable e) {
      // The checks of the connection say so.
    }
    return indexes.findings();
  }

  /** What slows publishing down, by the last measurement. */
  public List<Finding> findings() {
    return indexes.findings();
  }

  private EntryCodec codec() {
    return schema.hasRevision() ? codec : codec.withoutRevision();
  }

  /**
   * Makes the entries of these owners equal to their states.
   *
   * @return the failures, in the order of the states; the other owners are published
   * @throws DirectoryUnavailable if the server is unreachable; some owners may be published
   */
  public List<PublishFailure> publish(Collection<OwnerState> states) {
    if (states.size() >= MANY_OWNERS) {
      indexes.run();
    }
    EntryCodec current = codec();
    List<PublishFailure> failures =
        pool.run(
            connection ->
                new BatchPublication(
                        current, new EntryConnection(connection, searchBases), passedOver)
                    .run(states));
    if (failures.stream().anyMatch(PublishFailure::isDirectoryWide)) {
      schema.forget();
    }
    return failures;
  }

  /** Whether entries of this server show revisions; reads the server's schema anew. */
  public boolean showsRevisions() {
    schema.forget();
    return schema.hasRevision();
  }

  /**
   * Sets the refused entries: publishing neither deletes them nor fails because of them.
   *
   * @param entries their DNs, as {@link DnText}
   */
  public void passOver(Set<String> entries) {
    passedOver = Set.copyOf(entries);
  }

  /**
   * Reads all entries below both containers that hold subordinate IDs, in pages.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public List<PublishedEntry> entries() {
    return entries(pool);
  }

  /**
   * Reads the entries of each configured server, by the server's address: a replica may be behind.
   *
   * @throws DirectoryUnavailable if one of them does not answer to the end
   */
  public Map<String, List<PublishedEntry>> entriesOfEachServer() {
    Map<String, List<PublishedEntry>> all = new LinkedHashMap<>();
    if (settings.servers().size() == 1) {
      all.put("the " + ROLE, entries());
      return all;
    }
    for (ServerAddress server : settings.servers()) {
      try (LdapPool only = LdapConnections.open(ROLE, settings, server)) {
        all.put(server.toString(), entries(only));
      }
    }
    return all;
  }

  private List<PublishedEntry> entries(LdapPool from) {
    return this.<List<PublishedEntry>>read(from, ArrayList::new, List::add).stream()
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Reads the same entries, and gives each to {@code each} as its page arrives: never are all of
   * them in memory. If the connection breaks, another collector gets the entries of the container
   * from the first one on.
   *
   * @param start makes an empty collector
   * @return the collectors that have got the entries, one of each container
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public <C> List<C> read(Supplier<C> start, BiConsumer<C, PublishedEntry> each) {
    return read(pool, start, each);
  }

  private <C> List<C> read(LdapPool from, Supplier<C> start, BiConsumer<C, PublishedEntry> each) {
    return searchBases.stream()
        .map(
            base ->
                from.read(
                    SearchBase.of(base),
                    EntryDecoder.filter(),
                    EntryCodec.attributes(),
                    start,
                    (collector, e) -> each.accept(collector, EntryDecoder.decode(e))))
        .toList();
  }

  /** How entries show allocations at present; may read the server's schema. */
  public PublishedForm form() {
    return new PublishedForm(codec());
  }

  /**
   * Whether publishing this state would change anything.
   *
   * @param found the entries of this owner, or of one of its allocations, in the directory
   */
  public boolean differs(OwnerState state, Collection<PublishedEntry> found) {
    return EntryDiff.differs(codec, state, found);
  }

  /**
   * Whether publishing would bring entries up to date that an earlier version has written. They are
   * no difference.
   *
   * @param found as for {@link #differs}
   */
  public boolean isOutdated(Collection<PublishedEntry> found) {
    return EntryDiff.isOutdated(codec(), found);
  }

  /** Returns the published entries of a state as LDIF. */
  public String ldif(OwnerState state) {
    StringBuilder out = new StringBuilder();
    state.allocations().stream()
        .filter(EntryCodec::hasEntry)
        .forEach(a -> out.append(codec.encode(a).toLDIFString()).append('\n'));
    return out.toString();
  }

  /**
   * Creates the containers that are missing.
   *
   * @throws DirectoryUnavailable if that is impossible, with the remedy
   */
  public void ensureContainers() {
    containers.ensure();
  }

  /**
   * Returns if the containers can be read.
   *
   * @throws DirectoryUnavailable if not
   */
  public void ping() {
    containers.ping();
  }

  @Override
  public void close() {
    pool.close();
  }
}
