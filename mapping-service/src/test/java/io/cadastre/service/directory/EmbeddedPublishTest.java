/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Runs the contract of publishing with the embedded directory. */
class EmbeddedPublishTest extends PublishContract {
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
