/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import io.cadastre.service.config.EmbeddedConfiguration;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A small LDAP server inside the service, on loopback, for trials and tests. Every user of the host
 * may read; only {@link #bindDn()} may write, since write access to entries is access to ranges.
 */
public final class EmbeddedDirectory implements AutoCloseable {
  private final InMemoryDirectoryServer server;
  private final String bindDn;
  private final String password;
  private final Optional<SavedDirectory> saved;

  private EmbeddedDirectory(
      InMemoryDirectoryServer server,
      String bindDn,
      String password,
      Optional<SavedDirectory> saved) {
    this.server = server;
    this.bindDn = bindDn;
    this.password = password;
    this.saved = saved;
  }

  /**
   * Starts the server with the saved state, or with the LDIF of accounts if none is saved. To start
   * from the accounts again, delete the saved file.
   *
   * @throws IllegalArgumentException if a file is invalid; the message says where
   */
  public static EmbeddedDirectory start(EmbeddedConfiguration configuration) {
    String bindDn = "cn=cadastre," + configuration.suffix();
    String password = randomPassword();
    ChangeDetector changeDetector = new ChangeDetector();
    BindRestriction bindRestriction = new BindRestriction(bindDn);
    try {
      InMemoryDirectoryServerConfig config =
          new InMemoryDirectoryServerConfig(configuration.suffix());
      config.setListenerConfigs(
          InMemoryListenerConfig.createLDAPConfig(
              "embedded", InetAddress.getLoopbackAddress(), configuration.port(), null));
      config.addAdditionalBindCredentials(bindDn, password);
      config.setAuthenticationRequiredOperationTypes(
          OperationType.ADD, OperationType.DELETE, OperationType.MODIFY, OperationType.MODIFY_DN);
      config.setSchema(EmbeddedSchema.schema());
      config.setEqualityIndexAttributes(EmbeddedSchema.INDEXED);
      config.addInMemoryOperationInterceptor(changeDetector);
      config.addInMemoryOperationInterceptor(bindRestriction);
      InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
      load(server, configuration);
      server.startListening();
      Optional<SavedDirectory> saved =
          configuration.data().map(file -> SavedDirectory.start(server, file, changeDetector));
      return new EmbeddedDirectory(server, bindDn, password, saved);
    } catch (LDAPException e) {
      throw new IllegalArgumentException(
          "the embedded directory does not start: " + e.getMessage(), e);
    }
  }

  /** An import keeps operational attributes; an add would generate a new entryUUID. */
  private static void load(InMemoryDirectoryServer server, EmbeddedConfiguration configuration)
      throws LDAPException {
    Optional<Path> file = configuration.data().filter(Files::exists).or(configuration::accounts);
    if (file.isPresent()) {
      try {
        server.importFromLDIF(true, file.get().toFile());
      } catch (LDAPException e) {
        throw new IllegalArgumentException(
            "the embedded directory does not start: in %s: %s"
                .formatted(file.get(), e.getMessage()),
            e);
      }
    } else {
      for (String dn :
          List.of(
              configuration.suffix(),
              "ou=people," + configuration.suffix(),
              "ou=groups," + configuration.suffix())) {
        server.add(PublishContainers.container(dn));
      }
    }
  }

  private static String randomPassword() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return server.getListenPort();
  }

  /** The DN that may write; reading needs no bind. */
  public String bindDn() {
    return bindDn;
  }

  /** The password of {@link #bindDn()}, random and new at every start. */
  public String password() {
    return password;
  }

  /** Stops the server and saves its state. */
  @Override
  public void close() {
    server.shutDown(true);
    saved.ifPresent(SavedDirectory::close);
  }
}
