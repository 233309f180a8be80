/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.logging.common.BootstrapLogging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final Path COMMITTED =
      Path.of(System.getProperty("cadastre.root")).resolve("docs/openapi.json");

  @BeforeAll
  static void logLittle() {
    BootstrapLogging.bootstrap(Level.WARN);
  }

  /** {@code mvn test -Dtest=OpenApiTest -Dcadastre.openapi.write=true} writes it anew. */
  @Test
  void committedDocumentIsWhatTheCodeSays() throws IOException {
    String generated = OpenApiDocument.render();
    if (Boolean.getBoolean("cadastre.openapi.write")) {
      Files.writeString(COMMITTED, generated);
    }

    assertThat(Service.JSON.readTree(Files.readString(COMMITTED)))
        .isEqualTo(Service.JSON.readTree(generated));
  }

  @Test
  void everyParameterAndAnswerIsDescribed() throws IOException {
    for (JsonNode path : Service.JSON.readTree(OpenApiDocument.render()).path("paths")) {
      for (JsonNode operation : path) {
        for (JsonNode parameter : operation.path("parameters")) {
          assertThat(parameter.path("description").asText()).as("%s", parameter).isNotBlank();
        }
        for (JsonNode answer : operation.path("responses")) {
          assertThat(answer.path("description").asText()).as("%s", answer).isNotBlank();
        }
      }
    }
  }

  @Test
  void generatingTwiceGivesTheSame() {
    assertThat(OpenApiDocument.render()).isEqualTo(OpenApiDocument.render());
  }
}
