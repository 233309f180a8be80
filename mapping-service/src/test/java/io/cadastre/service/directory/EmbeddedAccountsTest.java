/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Runs the contract of reading accounts with the embedded directory. */
@Tag("slow")
class EmbeddedAccountsTest extends AccountsContract {
  private static Optional<TestServer> server = Optional.empty();

  @BeforeAll
  static void start() {
    server = Optional.of(TestServer.embedded());
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
