/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import io.cadastre.schema.Profile;
import io.cadastre.service.FreePort;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.Security;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real slapd for a test: an empty mdb database on a free loopback port, with the schema, the
 * ACLs, the indexes and the uniqueness that Cadastre ships. The tree has {@link #PEOPLE}, {@link
 * #GROUPS} and the two containers; {@link #SERVICE_DN} may write below {@link #SUBIDS}, {@link
 * #ORDINARY_DN} and the accounts may only read. Every password is {@link #PASSWORD}.
 */
public final class Slapd implements AutoCloseable {
  /** The suffix of the database. */
  public static final String SUFFIX = "dc=example,dc=org";

  /** The parent of the accounts. */
  public static final String PEOPLE = "ou=people," + SUFFIX;

  /** The parent of the groups. */
  public static final String GROUPS = "ou=groups," + SUFFIX;

  /** The parent of the active entries. */
  public static final String SUBIDS = "ou=subids," + SUFFIX;

  /** The parent of all other entries. */
  public static final String RETIRED = "ou=retired," + SUBIDS;

  /** A user with write access by the shipped ACLs: the service. */
  public static final String SERVICE_DN = "cn=cadastre,ou=services," + SUFFIX;

  /** A user with read access by the shipped ACLs. */
  public static final String ORDINARY_DN = "cn=ordinary,ou=services," + SUFFIX;

  /** The account of SSSD in the shipped samples, with read access. */
  public static final String READER_DN = "cn=sssd,ou=services," + SUFFIX;

  /** The rootdn, to which no ACL applies: the administrator of the site. */
  public static final String ROOT_DN = "cn=admin," + SUFFIX;

  /** The password of all users. */
  public static final String PASSWORD = "open-sesame";

  /** The attribute that never changes for an account. */
  public static final String STABLE_ID = "entryUUID";

  private final Path dir;
  private final int port;
  private final int tlsPort;
  private final Optional<SlapdCertificate> certificate;
  private final LdapServerProcess process;

  private Slapd(Path dir, Optional<SlapdCertificate> certificate) throws IOException {
    this.dir = dir;
    this.port = FreePort.next();
    this.tlsPort = FreePort.next();
    this.certificate = certificate;
    String tlsUrl = certificate.isPresent() ? " ldaps://127.0.0.1:" + tlsPort : "";
    // -d keeps slapd in the foreground.
    this.process =
        new LdapServerProcess(
            dir.resolve("slapd.log"),
            port,
            ROOT_DN,
            List.of(
                "/usr/sbin/slapd",
                "-f",
                dir.resolve("slapd.conf").toString(),
                "-h",
                url() + "/" + tlsUrl,
                "-d0"));
  }

  /** Whether this machine has slapd. */
  public static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/sbin/slapd"));
  }

  /** Starts a slapd with LDAP. */
  public static Slapd start() {
    return start(Optional.empty());
  }

  /** Starts a slapd with LDAP, StartTLS and LDAPS, and a certificate of its own CA. */
  public static Slapd startWithTls() {
    return start(Optional.of("localhost"));
  }

  static Slapd startWithCertificateFor(String host) {
    return start(Optional.of(host));
  }

  private static Slapd start(Optional<String> tlsHost) {
    try {
      Path dir = Files.createTempDirectory("cadastre-slapd");
      Optional<SlapdCertificate> certificate = Optional.empty();
      if (tlsHost.isPresent()) {
        certificate = Optional.of(SlapdCertificate.make(dir.resolve("tls"), tlsHost.get()));
      }
      SlapdFiles.write(dir, certificate);
      Slapd slapd = new Slapd(dir, certificate);
      slapd.process.start();
      return slapd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code ldap://127.0.0.1:PORT}. */
  public String url() {
    return "ldap://127.0.0.1:" + port;
  }

  /** The port of LDAP and StartTLS. */
  public int port() {
    return port;
  }

  /** The port of LDAPS. */
  public int tlsPort() {
    return tlsPort;
  }

  /** PEM file of the CA; only with {@link #startWithTls()}. */
  public Path ca() {
    return certificate.orElseThrow().ca();
  }

  /** A file that holds the password. */
  public Path passwordFile() {
    return dir.resolve("password");
  }

  /** Stops it by SIGTERM and waits for the end; it can be started again. */
  public void stop() {
    process.stop();
  }

  /** Kills it by SIGKILL; it can be started again. */
  public void kill() {
    process.kill();
  }

  /** Stops its process by SIGSTOP: it accepts connections and does not answer. */
  public void hang() {
    process.signal("STOP");
  }

  /** Continues its process after {@link #hang}. */
  public void goOn() {
    process.signal("CONT");
  }

  /** Restarts it with one more line in the section of its database, before its ACLs. */
  public void restartWith(String line) {
    process.stop();
    try {
      SlapdFiles.addLine(dir, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.start();
  }

  /** Restarts it without this line. */
  public void restartWithout(String line) {
    process.stop();
    try {
      SlapdFiles.removeLine(dir, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.start();
  }

  /** Restarts it with the same port and data; it need not run. */
  public void restart() {
    process.stop();
    process.start();
  }

  /** Stops it, loads entries offline, which is fast for many, and starts it again. */
  public void load(String ldif) {
    process.stop();
    try {
      SlapdFiles.slapadd(dir, ldif);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.start();
  }

  /**
   * Restarts it with settings of the site, for instance ACLs or limits, before the shipped ones.
   */
  public void configure(String conf) {
    process.stop();
    try {
      SlapdFiles.site(dir, conf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.start();
  }

  /** Restarts it with the schema of a version that knew no revision, or with the shipped one. */
  public void restartWithRevision(boolean known) {
    process.stop();
    try {
      if (known) {
        SlapdFiles.withRevision(dir);
      } else {
        SlapdFiles.withoutRevision(dir);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.start();
  }

  /** Adds a group. */
  public void addGroup(String name, long gid) {
    TestTree.addGroup(this::root, name, gid);
  }

  /** Adds an account that can bind; returns its entryUUID. */
  public String addAccount(String name, long uid, long gid) {
    return TestTree.addAccount(this::root, STABLE_ID, name, uid, gid);
  }

  /** Adds an entry, given as LDIF, as an administrator. */
  public void add(String ldif) {
    TestTree.as(this::root, connection -> connection.add(entry(ldif)));
  }

  /** Changes an entry, given as an LDIF change record, as an administrator. */
  public void modify(String ldif) {
    TestTree.as(
        this::root,
        connection -> {
          try {
            return connection.modify(ldif.lines().toArray(String[]::new));
          } catch (LDIFException e) {
            throw new AssertionError(ldif, e);
          }
        });
  }

  private static Entry entry(String ldif) {
    try {
      return new Entry(ldif.lines().toArray(String[]::new));
    } catch (LDIFException e) {
      throw new AssertionError(ldif, e);
    }
  }

  /** Renames an account; its entryUUID stays. */
  public void rename(String name, String newName) {
    TestTree.rename(this::root, name, newName);
  }

  /** Deletes an account. */
  public void delete(String name) {
    TestTree.delete(this::root, name);
  }

  /** Deletes any entry, as the administrator. */
  public void deleteEntry(String dn) {
    TestTree.deleteEntry(this::root, dn);
  }

  /** Returns the entries below a base as LDIF, without containers. */
  public String export(String base) {
    return TestTree.export(this::root, base);
  }

  /** Deletes the entries below a base, without containers. */
  public void clear(String base) {
    TestTree.clear(this::root, base);
  }

  /** Returns the number of entries below a base, without organizational units. */
  public int count(String base) {
    return TestTree.count(this::root, base);
  }

  /** Opens a connection as the administrator. */
  LDAPConnection root() throws LDAPException {
    return new LDAPConnection("127.0.0.1", port, ROOT_DN, PASSWORD);
  }

  /** Returns the configuration of a service that uses it, in the generic profile. */
  public DirectoryConfiguration configuration() {
    return configuration(Profile.GENERIC);
  }

  /** Returns the configuration of a service that uses it. */
  public DirectoryConfiguration configuration(Profile profile) {
    return SlapdSettings.configuration(profile, connection(), STABLE_ID);
  }

  /** Returns the configuration of a service that gives ranges to what this filter matches. */
  public DirectoryConfiguration configurationFor(String entitlement) {
    DirectoryConfiguration all = configuration();
    return new DirectoryConfiguration(
        all.mode(),
        all.profile(),
        SlapdSettings.identity(connection(), Optional.of(entitlement), 0),
        all.publish(),
        all.embedded());
  }

  /** Returns the connection settings of the service. */
  ConnectionConfiguration connection() {
    return SlapdSettings.connection(port, Security.NONE, Optional.empty(), passwordFile());
  }

  /** Returns the same as the {@code directory:} part of the YAML file. */
  public String yaml() {
    return SlapdSettings.yaml(port, passwordFile());
  }

  /** Stops it and deletes its files. */
  @Override
  public void close() {
    process.kill();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
