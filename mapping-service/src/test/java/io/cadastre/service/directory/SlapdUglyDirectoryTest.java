/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Reads the ugly directory from a real slapd. */
@Tag("slow")
class SlapdUglyDirectoryTest extends UglyDirectoryContract {
  private static Optional<TestServer> server = Optional.empty();
  private static List<String> refused = List.of();

  @BeforeAll
  static void start() {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    server = Optional.of(TestServer.slapd());
    refused = load(server.get());
  }

  @AfterAll
  static void stop() {
    server.ifPresent(TestServer::close);
  }

  @Override
  TestServer server() {
    return server.orElseThrow();
  }

  @Override
  List<String> refusedByTheServer() {
    return refused;
  }
}
