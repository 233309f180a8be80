/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cadastre.service.access.Role;
import io.cadastre.service.api.Problem;
import io.cadastre.service.rest.http.PageLimit;
import io.cadastre.storage.Engine;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The OpenAPI document, made from the resources' own code. */
public final class OpenApiDocument {
  private static final List<Class<?>> RESOURCES =
      List.of(
          OwnersResource.class,
          BatchResource.class,
          IdsResource.class,
          AllocationsResource.class,
          PoolsResource.class,
          EventsResource.class,
          AuditResource.class,
          SnapshotResource.class,
          ChangesResource.class,
          StorageConfResource.class,
          LustreResource.class,
          AdminResource.class,
          AccountsResource.class,
          TokensResource.class,
          NodesResource.class);

  /** The parameters that several operations have with one meaning. */
  private static final Map<String, String> COMMON =
      Map.of(
          "dryRun", "Whether only to report the effects; nothing changes then",
          "name", "The name of the owner",
          "token", "The name of the token",
          "node", "The host name of the node; letters in any case",
          "owner", "Only those of the owner with this name",
          "limit", "The number of rows at most; 1 to %d".formatted(PageLimit.MOST),
          "id", "The subordinate ID",
          "at", "A moment, as 2026-01-31T12:00:00Z; now if left out");

  private static final String BEARER = "bearer";

  /** OpenAPI has a word for client certificates from version 3.1 on; this document is of 3.0. */
  private static final String CREDENTIALS =
      "A token in Authorization. A client certificate of the TLS handshake serves as well.";

  private OpenApiDocument() {}

  /** The document as pretty JSON, the same for the same code. */
  public static String render() {
    return render(Optional.empty());
  }

  /** The document, with the version of the program that serves it. */
  static String render(Optional<String> release) {
    RecordSchemas records = new RecordSchemas();
    ModelConverters.getInstance().addConverter(records);
    try {
      OpenAPI document = new Reader(new OpenAPI()).read(new LinkedHashSet<>(RESOURCES));
      document.info(
          new Info()
              .title("Cadastre")
              .version("v1")
              .description("The land registry for subordinate IDs")
              .license(
                  new License()
                      .name("Apache-2.0")
                      .url("https://www.apache.org/licenses/LICENSE-2.0.txt")));
      release.ifPresent(version -> document.getInfo().addExtension("x-release", version));
      ModelConverters.getInstance()
          .readAll(Problem.class)
          .forEach(document.getComponents()::addSchemas);
      document
          .getComponents()
          .addSecuritySchemes(
              BEARER,
              new SecurityScheme()
                  .type(SecurityScheme.Type.HTTP)
                  .scheme("bearer")
                  .description(CREDENTIALS));
      document
          .getPaths()
          .forEach(
              (path, operations) ->
                  operations
                      .readOperationsMap()
                      .forEach((method, operation) -> secure(operation, method.name(), path)));
      describeEditions(document);
      document.getPaths().values().stream()
          .flatMap(path -> path.readOperations().stream())
          .forEach(OpenApiDocument::complete);
      return Json.pretty().writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an OpenAPI document is always writable as JSON", e);
    } finally {
      ModelConverters.getInstance().removeConverter(records);
    }
  }

  /** Names the credentials and the roles of the access table. */
  private static void secure(Operation operation, String method, String path) {
    operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
    operation.addExtension(
        "x-roles",
        AccessRules.APPLICATION.row(method, path).orElseThrow().roles().stream()
            .sorted()
            .map(Role::word)
            .toList());
  }

  /** Names the known editions of Podman, by the table of the rules. */
  private static void describeEditions(OpenAPI document) {
    edition(document, "engine", "The Podman whose rules apply; legacy if left out");
    edition(
        document,
        "installed",
        "The Podman to compare with: the answer has the changes from it to engine, which is"
            + " required then");
  }

  private static void edition(OpenAPI document, String field, String what) {
    Schema<?> whole =
        Objects.requireNonNull(document.getComponents().getSchemas().get("StorageConf"));
    Schema<?> property = Objects.requireNonNull(whole.getProperties().get(field));
    property.description("%s. It is %s".formatted(what, Engine.names())).setExample("5.4.2");
  }

  /** Describes the common parameters, and adds the answers of a refused request. */
  private static void complete(Operation operation) {
    Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
        .filter(parameter -> parameter.getDescription() == null)
        .forEach(parameter -> parameter.setDescription(COMMON.get(parameter.getName())));
    operation.getResponses().entrySet().stream()
        .filter(answer -> answer.getKey().startsWith("4"))
        .forEach(answer -> answer.getValue().content(problem()));
    operation
        .getResponses()
        .addApiResponse(
            "401",
            problem("No valid credential")
                .addHeaderObject(
                    "WWW-Authenticate",
                    new Header().description("The scheme").schema(new StringSchema())))
        .addApiResponse("403", problem("The credential may not, by its role or its bounds"))
        .addApiResponse(
            "429",
            problem("Too many requests of the credential, or from the client's address")
                .addHeaderObject(
                    "Retry-After",
                    new Header()
                        .description("The seconds after which one more request is taken")
                        .schema(new IntegerSchema())))
        .addApiResponse("default", problem("A problem document: RFC 9457"));
  }

  private static ApiResponse problem(String description) {
    return new ApiResponse().description(description).content(problem());
  }

  private static Content problem() {
    return new Content()
        .addMediaType(
            Problem.MEDIA_TYPE,
            new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
  }
}
