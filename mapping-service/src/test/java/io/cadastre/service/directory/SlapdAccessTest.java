/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Runs the contract of access with a real slapd. */
@Tag("slow")
class SlapdAccessTest extends AccessContract {
  private static Optional<TestServer> server = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    server = Optional.of(TestServer.slapd());
  }

  @AfterAll
  static void stop() {
    server.ifPresent(TestServer::close);
  }

  @Override
  TestServer server() {
    return server.orElseThrow();
  }
}
