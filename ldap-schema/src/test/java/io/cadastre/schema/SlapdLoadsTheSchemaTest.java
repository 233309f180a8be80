/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real slapd loads the schema by slapd.conf(5) and by slapd-config(5), with equal results. */
class SlapdLoadsTheSchemaTest {
  private static final List<String> FILES =
      List.of(
          "cadastre.schema",
          "cadastre.ldif",
          "ipa-subid.schema",
          "ipa-subid.ldif",
          "database.conf",
          "database.ldif",
          "database-ipa.conf",
          "database-ipa.ldif",
          "containers.ldif");

  @TempDir Path dir;

  @BeforeEach
  void copyTheFiles() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/sbin/slapd")),
        "SKIPPED: slapd is not installed (Debian package slapd)");
    Files.createDirectories(dir.resolve("db"));
    for (String file : FILES) {
      try (InputStream in = SchemaFiles.open("openldap/" + file)) {
        Files.copy(in, dir.resolve(file));
      }
    }
  }

  /** Fills the database: slaptest requires one, and the containers must fit the schema. */
  private void fillTheDatabase() throws Exception {
    Files.writeString(dir.resolve("fill.conf"), head() + schemas() + database());
    Files.writeString(
        dir.resolve("all.ldif"),
        "dn: dc=example,dc=org\nobjectClass: domain\ndc: example\n\n"
            + Files.readString(dir.resolve("containers.ldif")));
    run("slapadd", "-f", dir.resolve("fill.conf"), "-l", dir.resolve("all.ldif"));
  }

  @Test
  void bothFormsGiveOneConfiguration() throws Exception {
    fillTheDatabase();
    Path byConf = Files.createDirectory(dir.resolve("by-conf"));
    Files.writeString(
        dir.resolve("all.conf"),
        head()
            + schemas()
            + database()
            + """
        include %1$s/database.conf
        include %1$s/database-ipa.conf
        """
                .formatted(dir));
    run("slaptest", "-f", dir.resolve("all.conf"), "-F", byConf);

    Path byLdif = Files.createDirectory(dir.resolve("by-ldif"));
    Files.writeString(dir.resolve("bare.conf"), head() + database());
    run("slaptest", "-f", dir.resolve("bare.conf"), "-F", byLdif);
    run("slapadd", "-n0", "-F", byLdif, "-l", dir.resolve("cadastre.ldif"));
    run("slapadd", "-n0", "-F", byLdif, "-l", dir.resolve("ipa-subid.ldif"));
    run("slapmodify", "-n0", "-F", byLdif, "-l", dir.resolve("database.ldif"));
    run("slapmodify", "-n0", "-F", byLdif, "-l", dir.resolve("database-ipa.ldif"));
    run("slaptest", "-F", byLdif);

    assertThat(settings(byLdif)).containsExactlyInAnyOrderElementsOf(settings(byConf));
    assertThat(settings(byConf)).hasSizeGreaterThan(40);
  }

  private static String head() {
    return """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        moduleload unique
        """;
  }

  private String schemas() {
    return "include %1$s/cadastre.schema\ninclude %1$s/ipa-subid.schema\n".formatted(dir);
  }

  private String database() {
    return """
        database mdb
        suffix dc=example,dc=org
        rootdn cn=admin,dc=example,dc=org
        directory %s/db
        index objectClass eq
        """
        .formatted(dir);
  }

  /** Returns our settings as slapd prints them, without its sort numbers. */
  private static Set<String> settings(Path config) throws Exception {
    String ldif = run("slapcat", "-n0", "-o", "ldif-wrap=no", "-F", config);
    return Arrays.stream(ldif.split("\n"))
        .filter(
            line ->
                line.matches(
                    "olc(AttributeTypes|ObjectClasses|DbIndex|Access|Limits|UniqueURI): .*"))
        .map(line -> line.replaceAll(": \\{\\d+}", ": ").replaceAll("\\s+", " "))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String run(Object... command) throws Exception {
    List<String> words = Arrays.stream(command).map(Object::toString).collect(Collectors.toList());
    words.set(0, "/usr/sbin/" + words.get(0));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s\n%s", String.join(" ", words), out).isZero();
    return out;
  }
}
