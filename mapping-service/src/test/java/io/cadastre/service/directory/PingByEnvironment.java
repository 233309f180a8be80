/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.schema.Profile;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.PublishConfiguration;
import io.cadastre.service.config.Security;
import io.cadastre.service.config.ServerAddress;
import java.util.List;
import java.util.Optional;

/** A program that binds with the password in an environment variable, which a JVM cannot set. */
final class PingByEnvironment {
  private PingByEnvironment() {}

  public static void main(String[] portAndVariable) {
    ConnectionConfiguration connection =
        new ConnectionConfiguration(
            List.of(new ServerAddress("127.0.0.1", Integer.parseInt(portAndVariable[0]))),
            Security.NONE,
            Optional.empty(),
            Optional.of(Slapd.SERVICE_DN),
            Optional.empty(),
            Optional.of(portAndVariable[1]),
            false,
            null,
            null,
            1);
    try (PublishDirectory publish =
        new PublishDirectory(
            new PublishConfiguration(connection, Slapd.SUBIDS, Slapd.RETIRED), Profile.GENERIC)) {
      publish.ping();
      System.out.println("it answers");
    }
  }
}
