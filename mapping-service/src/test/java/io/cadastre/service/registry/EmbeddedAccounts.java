/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.schema.Profile;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.EmbeddedConfiguration;
import io.cadastre.service.config.IdentityConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Configures an embedded directory with these accounts. Used by one thread. */
final class EmbeddedAccounts {
  private static final String SUFFIX = "dc=example,dc=org";

  private final StringBuilder ldif = new StringBuilder();

  EmbeddedAccounts() {
    ldif.append("dn: %s\nobjectClass: domain\ndc: example\n\n".formatted(SUFFIX));
    for (String unit : new String[] {"people", "groups"}) {
      ldif.append(
          "dn: ou=%1$s,%2$s\nobjectClass: organizationalUnit\nou: %1$s\n\n"
              .formatted(unit, SUFFIX));
    }
  }

  /** Adds an account; the uid decides the entryUUID. */
  EmbeddedAccounts with(String name, long uid) {
    return with(name, uid, "");
  }

  /** Adds an account with a binary attribute, given in hex. */
  EmbeddedAccounts withPhoto(String name, long uid, String hex) {
    String value = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    return with(name, uid, "jpegPhoto:: " + value + "\n");
  }

  /** Adds an account in another unit: in one, names differ by more than their case. */
  EmbeddedAccounts withUnit(String name, long uid) {
    ldif.append(
        "dn: ou=staff,ou=people,%s\nobjectClass: organizationalUnit\nou: staff\n\n"
            .formatted(SUFFIX));
    return with(name, uid, "ou=staff,ou=people," + SUFFIX, "");
  }

  private EmbeddedAccounts with(String name, long uid, String more) {
    return with(name, uid, "ou=people," + SUFFIX, more);
  }

  private EmbeddedAccounts with(String name, long uid, String base, String more) {
    ldif.append(
        """
        dn: uid=%1$s,%3$s
        objectClass: inetOrgPerson
        objectClass: posixAccount
        uid: %1$s
        cn: %1$s
        sn: %1$s
        uidNumber: %2$d
        gidNumber: %2$d
        homeDirectory: /home/%1$s
        entryUUID: 00000000-0000-4000-8000-%2$012d
        %4$s
        """
            .formatted(name, uid, base, more));
    return this;
  }

  /** Returns the configuration. */
  DirectoryConfiguration in(Path folder, String stableIdAttribute) {
    Path file = folder.resolve("accounts-" + ldif.length() + ".ldif");
    try {
      Files.writeString(file, ldif);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DirectoryConfiguration(
        DirectoryConfiguration.Mode.EMBEDDED,
        Profile.GENERIC,
        new IdentityConfiguration(
            ConnectionConfiguration.loopback(0),
            "ou=people," + SUFFIX,
            null,
            Optional.of("ou=groups," + SUFFIX),
            null,
            null,
            stableIdAttribute,
            Optional.empty(),
            0,
            List.of(),
            null,
            List.of()),
        null,
        new EmbeddedConfiguration(0, SUFFIX, Optional.of(file), Optional.empty()));
  }
}
