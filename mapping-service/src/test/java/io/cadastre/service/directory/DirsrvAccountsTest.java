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

/** Runs the contract of reading accounts with a real 389-DS. */
@Tag("slow")
class DirsrvAccountsTest extends AccountsContract {
  private static Optional<TestServer> server = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(
        Dirsrv.isInstalled(), "SKIPPED: 389-DS is not installed (Debian package 389-ds-base)");
    server = Optional.of(TestServer.dirsrv());
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
