/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.cadastre.schema.Profile;
import io.cadastre.service.FreePort;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.Security;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real 389-DS for a test, on a free loopback port, prepared by the commands of
 * docs/first-day-389ds.md over dscreate's sample entries. Names, DNs and the password are those of
 * {@link Slapd}; stable ids are {@link #STABLE_ID}.
 */
public final class Dirsrv implements AutoCloseable {
  /** The administrator, to which no ACI applies. */
  public static final String ROOT_DN = "cn=Directory Manager";

  /** The attribute that never changes for an account. */
  public static final String STABLE_ID = "nsUniqueId";

  private static Optional<Dirsrv> shared = Optional.empty();

  private final Path dir;
  private final int port;
  private final LdapServerProcess process;
  private final Map<String, String> replacements = new LinkedHashMap<>();

  private Dirsrv(Path dir, int port) throws IOException {
    this.dir = dir;
    this.port = port;
    String instance = dir.resolve("instance").toString();
    DirsrvFiles.write(dir.resolve("instance"), port);
    this.process =
        new LdapServerProcess(
            dir.resolve("ns-slapd.log"),
            port,
            ROOT_DN,
            List.of(
                "/usr/sbin/ns-slapd", "-D", instance, "-i", instance + "/run/ns-slapd.pid", "-d0"));
    Map.Entry<String, String> folder = ManualSteps.install(dir.resolve("share"));
    replacements.put(folder.getKey(), folder.getValue());
    replacements.put("-o dirsrv -g dirsrv ", "");
    replacements.put("/etc/dirsrv/slapd-site", instance);
    replacements.put(
        "dsconf site", "dsconf -D '%s' -w %s %s".formatted(ROOT_DN, Slapd.PASSWORD, url()));
    replacements.put(" -W ", " -w %s -H %s ".formatted(Slapd.PASSWORD, url()));
    Files.writeString(dir.resolve("password"), Slapd.PASSWORD + "\n");
  }

  /** Whether this machine has 389-DS. */
  public static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/sbin/ns-slapd"))
        && Files.isExecutable(Path.of("/usr/sbin/dsconf"));
  }

  /** Returns the instance of this JVM, since a start takes seconds; it ends with the JVM. */
  public static synchronized Dirsrv shared() {
    if (shared.isEmpty()) {
      shared = Optional.of(start());
      Runtime.getRuntime().addShutdownHook(new Thread(shared.get()::close));
    }
    return shared.get();
  }

  /** Starts an instance with sample entries and prepares it as documented, for both profiles. */
  public static Dirsrv start() {
    Dirsrv server = unprepared();
    try {
      server.prepare();
      return server;
    } catch (IOException e) {
      server.close();
      throw new UncheckedIOException(e);
    }
  }

  /** Starts an instance with the sample entries of dscreate and nothing of Cadastre. */
  static Dirsrv unprepared() {
    try {
      Dirsrv server = new Dirsrv(Files.createTempDirectory("cadastre-389ds"), FreePort.next());
      server.process.start();
      server.manual(
          List.of(
              "dsconf site backend create --suffix %s --be-name userRoot --create-entries"
                  .formatted(Slapd.SUFFIX)));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void prepare() throws IOException {
    List<String> steps = new ArrayList<>(ManualSteps.of("first-day-389ds.md"));
    int restart = steps.indexOf("dsctl site restart");
    List<String> before = new ArrayList<>(steps.subList(0, restart));
    before.addAll(
        before.stream()
            .filter(step -> step.contains("service-account"))
            .map(step -> step.replace("service-account", "sssd-account"))
            .toList());
    before.addAll(
        before.stream()
            .filter(step -> step.contains("99cadastre") || step.contains("database.ldif"))
            .map(step -> step.replace("99cadastre", "98ipa-subid"))
            .map(step -> step.replace("database.ldif", "database-ipa.ldif"))
            .toList());
    // 98ipa-subid.ldif before its indexes
    before.add(before.size() - 1, "dsconf site schema reload --wait");
    manual(before);
    restart();
    manual(steps.subList(restart + 1, steps.size()));
  }

  /** Runs commands of the manual against this instance; returns what they print. */
  String manual(List<String> steps) throws IOException {
    return ManualSteps.run(steps, replacements);
  }

  /** Restarts it with the same port and data. */
  public void restart() {
    process.stop();
    process.start();
  }

  /** {@code ldap://127.0.0.1:PORT}. */
  public String url() {
    return "ldap://127.0.0.1:" + port;
  }

  /** The port of LDAP. */
  public int port() {
    return port;
  }

  /** The samples and schema files by which it was prepared, with passwords set. */
  Path share() {
    return dir.resolve("share");
  }

  /** Adds an account that can bind; returns its {@link #STABLE_ID}. */
  public String addAccount(String name, long uid, long gid) {
    return TestTree.addAccount(this::root, STABLE_ID, name, uid, gid);
  }

  /** Renames an account; its {@link #STABLE_ID} stays. */
  public void rename(String name, String newName) {
    TestTree.rename(this::root, name, newName);
  }

  /** Deletes an account. */
  public void delete(String name) {
    TestTree.delete(this::root, name);
  }

  /** Deletes all accounts, groups and entries; their containers stay. */
  public void clear() {
    TestTree.clear(this::root, Slapd.SUBIDS);
    TestTree.clear(this::root, Slapd.PEOPLE);
    TestTree.clear(this::root, Slapd.GROUPS);
  }

  /** Opens a connection as the administrator. */
  LDAPConnection root() throws LDAPException {
    return new LDAPConnection("127.0.0.1", port, ROOT_DN, Slapd.PASSWORD);
  }

  /** Returns the connection settings of the service. */
  ConnectionConfiguration connection() {
    return SlapdSettings.connection(port, Security.NONE, Optional.empty(), dir.resolve("password"));
  }

  /** Returns the configuration of a service that uses it, in the generic profile. */
  public DirectoryConfiguration configuration() {
    return SlapdSettings.configuration(Profile.GENERIC, connection(), STABLE_ID);
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
