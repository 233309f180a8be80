/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.schema.SchemaFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The files of a slapd for tests: the shipped ones, and those of a site around them. */
final class SlapdFiles {
  private static final List<String> SHIPPED =
      List.of(
          "cadastre.schema",
          "ipa-subid.schema",
          "database.conf",
          "database-ipa.conf",
          "containers.ldif");

  private SlapdFiles() {}

  /** Writes the configuration into a directory and loads the tree without entries. */
  static void write(Path dir, Optional<SlapdCertificate> certificate) throws IOException {
    Files.createDirectories(dir.resolve("db"));
    for (String file : SHIPPED) {
      try (InputStream in = SchemaFiles.open("openldap/" + file)) {
        Files.copy(in, dir.resolve(file));
      }
    }
    Files.writeString(
        dir.resolve("slapd.conf"), conf(dir, certificate.map(SlapdCertificate::conf).orElse("")));
    Files.writeString(dir.resolve("password"), Slapd.PASSWORD + "\n");
    site(dir, "");
    slapadd(dir, tree() + Files.readString(dir.resolve("containers.ldif")));
  }

  /** Adds a line to the section of the database, before its ACLs, while slapd is down. */
  static void addLine(Path dir, String line) throws IOException {
    Path conf = dir.resolve("slapd.conf");
    String first = "index objectClass";
    Files.writeString(
        conf, Files.readString(conf).replaceFirst("(?m)^" + first, line + "\n" + first));
  }

  /** Removes this line, while slapd is down. */
  static void removeLine(Path dir, String line) throws IOException {
    Path conf = dir.resolve("slapd.conf");
    Files.writeString(conf, Files.readString(conf).replace(line + "\n", ""));
  }

  /** Replaces the schema by that of a version that knew no revision, while slapd is down. */
  static void withoutRevision(Path dir) throws IOException {
    Path schema = dir.resolve("cadastre.schema");
    Files.writeString(
        schema,
        Files.readString(schema)
            .replaceFirst("(?s)attributetype \\([^()]*'cadastreRevision'.*?SINGLE-VALUE \\)\n", "")
            .replace("cadastreRevision $ ", ""));
  }

  /** Replaces the schema by the shipped one, while slapd is down. */
  static void withRevision(Path dir) throws IOException {
    try (InputStream in = SchemaFiles.open("openldap/cadastre.schema")) {
      Files.copy(in, dir.resolve("cadastre.schema"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Writes the settings of a site; they stand before the shipped ones and have precedence. */
  static void site(Path dir, String conf) throws IOException {
    Files.writeString(dir.resolve("site.conf"), conf + "\n");
  }

  /** Loads entries while slapd is down. */
  static void slapadd(Path dir, String ldif) throws IOException {
    Path file = Files.writeString(dir.resolve("load.ldif"), ldif);
    LdapPrograms.run("/usr/sbin/slapadd", "-q", "-f", dir.resolve("slapd.conf"), "-l", file);
    Files.delete(file);
  }

  private static String conf(Path dir, String tls) {
    return """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/nis.schema
        include /etc/ldap/schema/inetorgperson.schema
        include %1$s/cadastre.schema
        include %1$s/ipa-subid.schema
        pidfile %1$s/slapd.pid
        argsfile %1$s/slapd.args
        modulepath /usr/lib/ldap
        moduleload back_mdb
        moduleload unique
        %2$s
        database mdb
        suffix %3$s
        rootdn %4$s
        rootpw %5$s
        directory %1$s/db
        maxsize 1073741824
        index objectClass,uid,uidNumber,gidNumber,entryUUID eq
        include %1$s/site.conf
        include %1$s/database.conf
        include %1$s/database-ipa.conf
        access to attrs=userPassword by anonymous auth by * none
        access to * by * read
        """
        .formatted(dir, tls, Slapd.SUFFIX, Slapd.ROOT_DN, Slapd.PASSWORD);
  }

  private static String tree() {
    return """
        dn: dc=example,dc=org
        objectClass: domain
        dc: example

        dn: ou=people,dc=example,dc=org
        objectClass: organizationalUnit
        ou: people

        dn: ou=groups,dc=example,dc=org
        objectClass: organizationalUnit
        ou: groups

        dn: ou=services,dc=example,dc=org
        objectClass: organizationalUnit
        ou: services

        dn: cn=cadastre,ou=services,dc=example,dc=org
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: cadastre
        userPassword: %1$s

        dn: cn=ordinary,ou=services,dc=example,dc=org
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: ordinary
        userPassword: %1$s

        dn: cn=sssd,ou=services,dc=example,dc=org
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: sssd
        userPassword: %1$s

        """
        .formatted(Slapd.PASSWORD);
  }
}
