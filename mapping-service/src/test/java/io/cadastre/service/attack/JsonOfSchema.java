/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** JSON texts for the schemas of an OpenAPI document; about one value in ten is of a wrong kind. */
final class JsonOfSchema {
  /** Texts that some field or parameter may have; others try whether they can. */
  static final List<String> WORDS =
      List.of(
          "zoe",
          "yan",
          "owner7",
          "default",
          "small",
          "4242",
          "1001062400",
          "1001062400-1001127935",
          "node17",
          "node*",
          "spare",
          "node",
          "provisioner",
          "auditor",
          "admin",
          "90d",
          "2026-03-01",
          "2026-03-01T00:00:00Z",
          "a reason",
          "subuid",
          "subgid",
          "uid",
          "active",
          "tenant",
          "allocated",
          "(uid=zoe)",
          "uid=zoe,ou=people,dc=example,dc=org",
          "em9lOjEwMDEwNjI0MDA6NjU1MzYK",
          "merged",
          "5.4.2",
          "/home/zoe",
          "/etc/containers/storage.conf",
          "[storage]\ndriver = \"overlay\"\n");

  private static final List<String> WRONG =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e400",
          "1E-400",
          "-0",
          "9223372036854775807",
          "99999999999999999999",
          "\"\"",
          "\" \"",
          "\"a\\nb\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u202e\"",
          "[]",
          "[[]]",
          "{}",
          "{\"a\":{}}",
          "nul",
          "NaN",
          "'zoe'",
          "01",
          "\"unended",
          "[1,]",
          "/**/1");

  private final JsonNode schemas;

  JsonOfSchema(JsonNode document) {
    this.schemas = document.at("/components/schemas");
  }

  /** Texts for this schema, or for one that it refers to. */
  Arbitrary<String> texts(JsonNode schema) {
    return value(schema, 4);
  }

  /** Texts for a parameter, not encoded. */
  static Arbitrary<String> words(JsonNode schema) {
    List<String> known = new ArrayList<>();
    schema.path("enum").forEach(word -> known.add(word.asText()));
    return switch (schema.path("type").asText()) {
      case "integer" -> numbers();
      case "boolean" -> Arbitraries.of("true", "false");
      default ->
          known.isEmpty()
              ? Arbitraries.frequencyOf(
                  Tuple.of(8, Arbitraries.of(WORDS)),
                  Tuple.of(1, Arbitraries.strings().all().ofMaxLength(12)))
              : Arbitraries.of(known);
    };
  }

  private static Arbitrary<String> numbers() {
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.longs().between(0, 5000)),
            Tuple.of(3, Arbitraries.longs().between(1001062400L, 1001327935L)),
            Tuple.of(1, Arbitraries.longs()))
        .map(String::valueOf);
  }

  private Arbitrary<String> value(JsonNode schema, int depth) {
    return Arbitraries.frequencyOf(
        Tuple.of(12, right(schema, depth)), Tuple.of(1, Arbitraries.of(WRONG)));
  }

  private Arbitrary<String> right(JsonNode schema, int depth) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().replaceFirst(".*/", "");
      return right(schemas.path(name), depth);
    }
    if (depth == 0) {
      return Arbitraries.of(WRONG);
    }
    return switch (schema.path("type").asText()) {
      case "object" -> object(schema, depth);
      case "array" ->
          value(schema.path("items"), depth - 1)
              .list()
              .ofMaxSize(3)
              .map(items -> "[" + String.join(",", items) + "]");
      case "integer", "boolean" -> words(schema);
      default -> words(schema).map(JsonOfSchema::quoted);
    };
  }

  private Arbitrary<String> object(JsonNode schema, int depth) {
    List<Arbitrary<String>> fields = new ArrayList<>();
    for (var property : schema.path("properties").properties()) {
      fields.add(
          value(property.getValue(), depth - 1)
              .map(text -> quoted(property.getKey()) + ":" + text)
              .injectNull(0.4));
    }
    JsonNode others = schema.path("additionalProperties");
    if (others.isObject()) {
      for (String key : List.of("user", "system", "/etc/containers/storage.conf.d/x.conf")) {
        fields.add(value(others, depth - 1).map(text -> quoted(key) + ":" + text).injectNull(0.5));
      }
    }
    fields.add(Arbitraries.just("\"unknown\":1").injectNull(0.97));
    return Combinators.combine(fields)
        .as(
            texts ->
                "{" + String.join(",", texts.stream().filter(text -> text != null).toList()) + "}");
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
