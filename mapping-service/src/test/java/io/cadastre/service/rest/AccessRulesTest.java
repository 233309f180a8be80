/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.access.AccessTable;
import io.cadastre.service.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));

  /** Every operation of the OpenAPI document has a row, and every row but its own an operation. */
  @Test
  void everyOperationHasARow() throws IOException {
    JsonNode paths = new ObjectMapper().readTree(OpenApiDocument.render()).get("paths");
    Set<String> operations = new TreeSet<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    operations.add("GET /v1/openapi.json");
    assertThat(
            AccessRules.APPLICATION.rows().stream().map(row -> row.method() + " " + row.template()))
        .containsExactlyInAnyOrderElementsOf(operations);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/owners/zoe, /v1/owners/{name}",
    "HEAD, /v1/owners/zoe/, /v1/owners/{name}",
    "POST, /v1/owners/batch, /v1/owners/batch",
    "GET, /v1/owners/batch, /v1/owners/{name}",
    "PUT, /v1/owners/a%2Fb, /v1/owners/{name}",
  })
  void aRequestHasTheRowOfItsPath(String method, String path, String template) {
    assertThat(AccessRules.APPLICATION.row(method, path))
        .map(AccessTable.Row::template)
        .contains(template);
  }

  /** Without a row a request is for admins only. */
  @ParameterizedTest
  @CsvSource({
    "GET, /v1/snapshot;x=1",
    "GET, //v1/snapshot",
    "GET, /v1/%73napshot",
    "POST, /v1/owners/%62atch",
    "POST, /v1/owners/zoe/../batch",
    "PATCH, /v1/owners/zoe",
    "GET, /v1/owners/zoe/contains/more",
    "TRACE, /v1/snapshot",
    "GET, /",
    "GET, ''",
  })
  void anOddPathHasNoRow(String method, String path) {
    assertThat(AccessRules.APPLICATION.row(method, path)).isEmpty();
  }

  /** docs/rest-api.md has the table as the code has it. */
  @Test
  void theManualHasTheTable() throws IOException {
    String table =
        "| request | provisioner | node | auditor | admin |\n|---|---|---|---|---|\n"
            + AccessRules.APPLICATION.rows().stream()
                .map(AccessRulesTest::line)
                .collect(Collectors.joining());
    assertThat(Files.readString(ROOT.resolve("docs/rest-api.md"))).contains(table);
  }

  private static String line(AccessTable.Row row) {
    return "| `%s %s` |%s%n"
        .formatted(
            row.method(),
            row.template(),
            Stream.of(Role.PROVISIONER, Role.NODE, Role.AUDITOR, Role.ADMIN)
                .map(role -> row.roles().contains(role) ? " yes |" : " |")
                .collect(Collectors.joining()));
  }
}
