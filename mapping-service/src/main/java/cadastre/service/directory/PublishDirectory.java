/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.directory;

import cadastre.schema.Profile;
import java.util.Collection;
import java.util.List;

/**
 * Makes entries equal to the ledger. Idempotent: publishing the same state again changes nothing.
 * Thread-safe; a connection is made when one is needed.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class PublishDirectory implements AutoCloseable {

  /** The directory of that configuration; nothing is connected yet. */
  public PublishDirectory(PublishConfiguration configuration, Profile profile) {
    this(
        configuration,
        profile,
        LdapConnections.open("publish directory", configuration.connection()));
  }

  PublishDirectory(PublishConfiguration configuration, Profile profile, LdapPool pool) {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes the entries of these owners equal to their states.
   *
   * @return one result per state, in their order
   * @throws DirectoryUnavailable if the server is unreachable; some may have been published
   */
  public List<Publication> publish(Collection<OwnerState> states) {
    throw new UnsupportedOperationException();
  }

  /**
   * All entries below both containers, read in pages.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  public List<PublishedEntry> entries() {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether publishing this state would change anything.
   *
   * @param found the entries that the directory has for this owner or for one of his allocations
   */
  public boolean differs(OwnerState state, Collection<PublishedEntry> found) {
    throw new UnsupportedOperationException();
  }

  /** The entries of a state as LDIF, as they are published. */
  public String ldif(OwnerState state) {
    throw new UnsupportedOperationException();
  }

  /**
   * Creates the two containers where they are missing.
   *
   * @throws DirectoryUnavailable if that is impossible, saying what to do
   */
  public void ensureContainers() {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns if the container can be read.
   *
   * @throws DirectoryUnavailable if not
   */
  public void ping() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
