/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of a 389-DS instance for tests. It holds what dscreate makes from the same template,
 * without /etc, systemd and certificates.
 */
final class DirsrvFiles {
  private static final Path TEMPLATE = Path.of("/usr/share/dirsrv/data/template-dse.ldif");

  /** Replacements of lines: a small and fast server, and names beyond ASCII, as many sites have. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "nsslapd-backend-implement: bdb",
          """
          nsslapd-backend-implement: bdb
          nsslapd-cache-autosize: 0
          nsslapd-dbcachesize: 33554432
          nsslapd-db-durable-transactions: off""",
          "nsslapd-rootpw: ",
          "passwordStorageScheme: SSHA\nnsslapd-rootpw: ",
          "nsslapd-pluginenabled: on\nnsslapd-pluginarg0: uid\nnsslapd-pluginarg1: mail",
          "nsslapd-pluginenabled: off\nnsslapd-pluginarg0: uid\nnsslapd-pluginarg1: mail");

  private DirsrvFiles() {}

  /** Writes the configuration of an instance without a database. */
  static void write(Path dir, int port) throws IOException {
    for (String name :
        List.of("schema", "lock", "tmp", "ldif", "bak", "run", "inst", "log", "db")) {
      Files.createDirectories(dir.resolve(name));
    }
    copy(Path.of("/etc/dirsrv/config"), dir);
    copy(Path.of("/etc/dirsrv/schema"), dir.resolve("schema"));
    String dse = Files.readString(TEMPLATE);
    for (Map.Entry<String, String> value : values(dir, port).entrySet()) {
      dse = dse.replace("%" + value.getKey() + "%", value.getValue());
    }
    for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
      if (!dse.contains(setting.getKey())) {
        throw new IOException(TEMPLATE + " has no line " + setting.getKey());
      }
      dse = dse.replace(setting.getKey(), setting.getValue());
    }
    Files.writeString(dir.resolve("dse.ldif"), dse);
  }

  private static Map<String, String> values(Path dir, int port) {
    return Map.ofEntries(
        Map.entry("schema_dir", dir + "/schema"),
        Map.entry("lock_dir", dir + "/lock"),
        Map.entry("tmp_dir", dir + "/tmp"),
        Map.entry("cert_dir", dir.toString()),
        Map.entry("config_dir", dir.toString()),
        Map.entry("ldif_dir", dir + "/ldif"),
        Map.entry("bak_dir", dir + "/bak"),
        Map.entry("run_dir", dir + "/run"),
        Map.entry("inst_dir", dir + "/inst"),
        Map.entry("log_dir", dir + "/log"),
        Map.entry("db_dir", dir + "/db"),
        Map.entry("db_home_dir", dir + "/db"),
        Map.entry("db_lib", "bdb"),
        Map.entry("fqdn", "localhost"),
        Map.entry("ds_port", Integer.toString(port)),
        Map.entry("ds_user", System.getProperty("user.name")),
        Map.entry("ds_suffix", Slapd.SUFFIX),
        Map.entry("rootdn", Dirsrv.ROOT_DN),
        Map.entry("ds_passwd", "{CLEAR}" + Slapd.PASSWORD),
        Map.entry("ldapi_enabled", "off"),
        Map.entry("ldapi_autobind", "off"),
        Map.entry("ldapi", dir + "/run/ldapi"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
