/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests before the first one of a client pass through Jersey, and change nothing. */
class JerseyRehearsalTest {
  @Test
  void requestOfARehearsalIsRefusedAndAllocatesNothing(@TempDir Path folder) {
    try (Service service = Service.ofCaller(folder)) {
      String before = service.get("/v1/events").text();

      assertThat(JerseyRehearsal.status(service.jersey().getApplicationHandler())).isEqualTo(400);

      assertThat(service.get("/v1/events").text()).isEqualTo(before);
      assertThat(service.get("/v1/owners/rehearsal").status()).isEqualTo(404);
    }
  }
}
