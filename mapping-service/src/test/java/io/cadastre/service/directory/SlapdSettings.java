/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.schema.Profile;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.IdentityConfiguration;
import io.cadastre.service.config.PublishConfiguration;
import io.cadastre.service.config.Security;
import io.cadastre.service.config.ServerAddress;
import io.dropwizard.util.Duration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The configuration of a service that uses a slapd for tests. */
final class SlapdSettings {
  private SlapdSettings() {}

  static ConnectionConfiguration connection(
      int port, Security security, Optional<Path> ca, Path passwordFile) {
    return new ConnectionConfiguration(
        List.of(new ServerAddress("127.0.0.1", port)),
        security,
        ca,
        Optional.of(Slapd.SERVICE_DN),
        Optional.of(passwordFile),
        Optional.empty(),
        false,
        Duration.minutes(2),
        Duration.minutes(2),
        4);
  }

  static DirectoryConfiguration configuration(
      Profile profile, ConnectionConfiguration connection, String stableIdAttribute) {
    return new DirectoryConfiguration(
        DirectoryConfiguration.Mode.LDAP,
        profile,
        identity(connection, stableIdAttribute, Optional.empty(), 0),
        new PublishConfiguration(connection, Slapd.SUBIDS, Slapd.RETIRED),
        null);
  }

  static IdentityConfiguration identity(
      ConnectionConfiguration connection, Optional<String> entitlement, long minimumUid) {
    return identity(connection, Slapd.STABLE_ID, entitlement, minimumUid);
  }

  static IdentityConfiguration identity(
      ConnectionConfiguration connection,
      String stableIdAttribute,
      Optional<String> entitlement,
      long minimumUid) {
    return new IdentityConfiguration(
        connection,
        Slapd.PEOPLE,
        null,
        Optional.of(Slapd.GROUPS),
        null,
        null,
        stableIdAttribute,
        entitlement,
        minimumUid,
        List.of(),
        null,
        List.of());
  }

  static String yaml(int port, Path passwordFile) {
    String connection =
        """
            connection:
              servers: ["127.0.0.1:%d"]
              security: none
              bindDn: "%s"
              passwordFile: "%s"
              connectTimeout: 2m
              responseTimeout: 2m
        """
            .formatted(port, Slapd.SERVICE_DN, passwordFile);
    return """
    directory:
      mode: ldap
      profile: generic
      identity:
    %1$s
        base: "%2$s"
        groupBase: "%3$s"
      publish:
    %1$s
        base: "%4$s"
        retiredBase: "%5$s"
    """
        .formatted(
            connection.stripTrailing(), Slapd.PEOPLE, Slapd.GROUPS, Slapd.SUBIDS, Slapd.RETIRED);
  }
}
