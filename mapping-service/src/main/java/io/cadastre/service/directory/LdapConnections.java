/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.Security;
import io.cadastre.service.config.ServerAddress;
import io.cadastre.service.file.GivenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Opens connection pools by their settings. A pool connects on its first operation. */
final class LdapConnections {
  private static final int MAX_PASSWORD_BYTES = 64 << 10;
  private static final int MAX_CERTIFICATE_BYTES = 4 << 20;

  private LdapConnections() {}

  /** Opens a pool that binds as configured. */
  static LdapPool open(String role, ConnectionConfiguration settings) {
    return open(role, settings, bind(settings));
  }

  /** Opens a pool that binds as configured, to one of the configured servers only. */
  static LdapPool open(String role, ConnectionConfiguration settings, ServerAddress server) {
    return open(role, settings, List.of(server), bind(settings));
  }

  private static Optional<SimpleBindRequest> bind(ConnectionConfiguration settings) {
    return settings.bindDn().map(dn -> new SimpleBindRequest(dn, password(dn, settings)));
  }

  /** Opens a pool with this bind request; empty for anonymous. */
  static LdapPool open(
      String role, ConnectionConfiguration settings, Optional<? extends BindRequest> bind) {
    return open(role, settings, settings.servers(), bind);
  }

  private static LdapPool open(
      String role,
      ConnectionConfiguration settings,
      List<ServerAddress> servers,
      Optional<? extends BindRequest> bind) {
    try {
      LDAPConnectionPool pool =
          new LDAPConnectionPool(
              servers(settings, servers),
              bind.orElse(null),
              0,
              settings.poolSize(),
              afterConnect(settings));
      pool.setConnectionPoolName(role);
      return new LdapPool("%s (%s)".formatted(role, spelled(servers)), pool);
    } catch (LDAPException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the connection to the %s cannot be set up: %s".formatted(role, e.getMessage()), e);
    }
  }

  private static String spelled(List<ServerAddress> servers) {
    return String.join(", ", servers.stream().map(ServerAddress::toString).toList());
  }

  private static ServerSet servers(ConnectionConfiguration settings, List<ServerAddress> servers)
      throws GeneralSecurityException {
    LDAPConnectionOptions options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis((int) settings.connectTimeout().toMilliseconds());
    options.setResponseTimeoutMillis(settings.responseTimeout().toMilliseconds());
    options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
    SocketFactory sockets =
        settings.security() == Security.LDAPS
            ? tls(settings).createSSLSocketFactory()
            : SocketFactory.getDefault();
    return new FailoverServerSet(
        servers.stream().map(ServerAddress::host).toArray(String[]::new),
        servers.stream().mapToInt(s -> s.portFor(settings.security())).toArray(),
        new TimedSocketFactory(sockets, (int) settings.connectTimeout().toMilliseconds()),
        options);
  }

  private static @Nullable PostConnectProcessor afterConnect(ConnectionConfiguration settings)
      throws GeneralSecurityException {
    return settings.security() == Security.STARTTLS
        ? new StartTLSPostConnectProcessor(tls(settings).createSSLContext())
        : null;
  }

  /**
   * Returns if the file of trusted certificates, if there is one, holds certificates.
   *
   * @param part the part of the configuration, for messages
   * @throws IllegalArgumentException if not
   */
  static void requireCertificates(String part, ConnectionConfiguration settings) {
    try {
      SSLUtil unused = tls(settings);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "%s.connection.trustedCertificates: %s".formatted(part, e.getMessage()), e);
    }
  }

  private static SSLUtil tls(ConnectionConfiguration settings) throws GeneralSecurityException {
    X509TrustManager trusted = JVMDefaultTrustManager.getInstance();
    if (settings.trustedCertificates().isPresent()) {
      trusted = new PEMFileTrustManager(readable(settings.trustedCertificates().get()).toFile());
    }
    return new SSLUtil(trusted);
  }

  /** Returns the file if it is small enough for the library, which reads it whole. */
  private static Path readable(Path certificates) throws KeyStoreException {
    try {
      GivenFile.bytes(certificates, MAX_CERTIFICATE_BYTES);
      return certificates;
    } catch (IOException e) {
      throw new KeyStoreException(
          "the certificates cannot be read from %s: %s".formatted(certificates, e), e);
    }
  }

  private static String password(String bindDn, ConnectionConfiguration settings) {
    if (settings.passwordFile().isPresent()) {
      return firstLine(bindDn, settings.passwordFile().get());
    }
    String variable = settings.passwordEnvironment().orElse("");
    @Nullable String password = variable.isEmpty() ? null : System.getenv(variable);
    if (password == null || password.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no password for %s: the environment variable \"%s\" is empty or not set"
              .formatted(bindDn, variable));
    }
    return password;
  }

  /** Reads the password; an empty one would be an unauthenticated bind (RFC 4513, 5.1.2). */
  private static String firstLine(String bindDn, Path file) {
    try {
      String text = new String(GivenFile.bytes(file, MAX_PASSWORD_BYTES), StandardCharsets.UTF_8);
      String line = text.lines().findFirst().orElse("");
      if (line.isEmpty()) {
        throw new IllegalArgumentException(
            "there is no password for %s: the first line of %s is empty".formatted(bindDn, file));
      }
      return line;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the password of %s cannot be read from %s: %s".formatted(bindDn, file, e), e);
    }
  }
}
