/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.NameCase;
import java.time.Clock;
import java.util.Optional;

/** The identity directory and the publish directory, and the embedded server if there is one. */
public final class Directory implements AutoCloseable {
  private final IdentityDirectory identity;
  private final PublishDirectory publish;
  private final Optional<EmbeddedDirectory> embedded;

  private Directory(
      IdentityDirectory identity, PublishDirectory publish, Optional<EmbeddedDirectory> embedded) {
    this.identity = identity;
    this.publish = publish;
    this.embedded = embedded;
  }

  /** Opens the directory, with login names as it spells them. */
  public static Directory open(DirectoryConfiguration configuration, Clock clock) {
    return open(configuration, NameCase.PRESERVE, clock);
  }

  /**
   * Opens the directory, with login names in this case. A real server need not be up; an embedded
   * one is started.
   *
   * @throws IllegalArgumentException if a file that the configuration names is wrong
   */
  public static Directory open(
      DirectoryConfiguration configuration, NameCase nameCase, Clock clock) {
    if (configuration.mode() == DirectoryConfiguration.Mode.EMBEDDED) {
      return openEmbedded(configuration, nameCase, clock);
    }
    return new Directory(
        new IdentityDirectory(configuration.identity(), nameCase, clock),
        new PublishDirectory(configuration.publish(), configuration.profile()),
        Optional.empty());
  }

  /**
   * Returns if each file of trusted certificates holds certificates. Connects to nothing.
   *
   * @throws IllegalArgumentException if one does not
   */
  public static void requireCertificates(DirectoryConfiguration configuration) {
    if (configuration.mode() == DirectoryConfiguration.Mode.LDAP) {
      LdapConnections.requireCertificates("identity", configuration.identity().connection());
      LdapConnections.requireCertificates("publish", configuration.publish().connection());
    }
  }

  private static Directory openEmbedded(
      DirectoryConfiguration configuration, NameCase nameCase, Clock clock) {
    EmbeddedDirectory server = EmbeddedDirectory.start(configuration.embedded());
    ConnectionConfiguration settings = ConnectionConfiguration.loopback(server.port());
    Optional<SimpleBindRequest> bind =
        Optional.of(new SimpleBindRequest(server.bindDn(), server.password()));
    return new Directory(
        new IdentityDirectory(
            configuration.identity(),
            nameCase,
            clock,
            LdapConnections.open("embedded directory", settings, bind)),
        new PublishDirectory(
            configuration.publish(),
            configuration.profile(),
            LdapConnections.open("embedded directory", settings, bind)),
        Optional.of(server));
  }

  /** The accounts. */
  public IdentityDirectory identity() {
    return identity;
  }

  /** The published entries. */
  public PublishDirectory publish() {
    return publish;
  }

  /** The embedded server, if the configuration asked for one. */
  public Optional<EmbeddedDirectory> embedded() {
    return embedded;
  }

  /** Closes the connections and stops the embedded server. */
  @Override
  public void close() {
    identity.close();
    publish.close();
    embedded.ifPresent(EmbeddedDirectory::close);
  }
}
