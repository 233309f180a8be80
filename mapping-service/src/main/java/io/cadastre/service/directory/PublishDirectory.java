/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Filter;
import io.cadastre.schema.Profile;
import io.cadastre.schema.SchemaNames;
import io.cadastre.service.config.PublishConfiguration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Makes entries equal to the ledger. Idempotent: publishing the same state again changes nothing.
 * Thread-safe; a connection is made when one is needed.
 */
public final class PublishDirectory implements AutoCloseable {
  private static final String ROLE = "publish directory";

  private final EntryCodec codec;
  private final PublishContainers containers;
  private final LdapPool pool;
  private volatile Set<String> passedOver = Set.of();

  /**
   * The directory of that configuration; nothing is connected yet.
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
    this.pool = pool;
  }

  /**
   * Makes the entries of these owners equal to their states.
   *
   * @return one result per state, in their order
   * @throws DirectoryUnavailable if the server is unreachable; some may have been published
   */
  public List<Publication> publish(Collection<OwnerState> states) {
    return pool.run(
        connection ->
            new BatchPublication(codec, connection, containers.searchBases(), passedOver)
                .run(states));
  }

  /**
   * Says which entries of unknown allocations are neither deleted nor keep their owners from being
   * published: those that are refused.
   *
   * @param entries what {@link DnText} makes of their DNs
   */
  public void passOver(Set<String> entries) {
    passedOver = Set.copyOf(entries);
  }

  /**
   * All entries below both containers that hold subordinate IDs, read in pages.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public List<PublishedEntry> entries() {
    List<Filter> classes = new ArrayList<>();
    classes.add(Filter.createEqualityFilter("objectClass", SchemaNames.ALLOCATION_CLASS));
    classes.add(Filter.createEqualityFilter("objectClass", SchemaNames.RETIRED_CLASS));
    for (Profile profile : Profile.values()) {
      profile.objectClasses().stream()
          .filter(name -> !name.equals("top"))
          .forEach(name -> classes.add(Filter.createEqualityFilter("objectClass", name)));
    }
    List<PublishedEntry> all = new ArrayList<>();
    for (String base : containers.searchBases()) {
      all.addAll(
          pool.search(
              base, Filter.createORFilter(classes), EntryCodec.attributes(), EntryDecoder::decode));
    }
    return all;
  }

  /**
   * Whether publishing this state would change anything.
   *
   * @param found the entries that the directory has for this owner or for one of his allocations
   */
  public boolean differs(OwnerState state, Collection<PublishedEntry> found) {
    return EntryDiff.between(codec, state, found);
  }

  /** The entries of a state as LDIF, as they are published. */
  public String ldif(OwnerState state) {
    StringBuilder out = new StringBuilder();
    state.allocations().stream()
        .filter(EntryDiff::isPublished)
        .forEach(a -> out.append(codec.encode(a).toLDIFString()).append('\n'));
    return out.toString();
  }

  /**
   * Creates the two containers where they are missing.
   *
   * @throws DirectoryUnavailable if that is impossible, saying what to do
   */
  public void ensureContainers() {
    containers.ensure();
  }

  /**
   * Returns if the container can be read.
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
