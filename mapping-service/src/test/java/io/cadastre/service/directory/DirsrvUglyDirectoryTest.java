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

/** Reads the ugly directory from a real 389-DS. */
@Tag("slow")
class DirsrvUglyDirectoryTest extends UglyDirectoryContract {
  private static Optional<TestServer> server = Optional.empty();
  private static List<String> refused = List.of();

  @BeforeAll
  static void start() {
    assumeTrue(
        Dirsrv.isInstalled(), "SKIPPED: 389-DS is not installed (Debian package 389-ds-base)");
    server = Optional.of(TestServer.dirsrv());
    server.get().clear();
    refused = load(server.get());
  }

  @AfterAll
  static void stop() {
    server.ifPresent(TestServer::clear);
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
