/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.subid.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A field that a change makes different.
 *
 * @param field its name, with dots between the names of nested fields
 * @param before its value before; empty if it had none
 * @param after its value after; empty if it has none
 */
public record Difference(String field, Optional<String> before, Optional<String> after) {
  /** The fields that differ between two records of JSON, in their order. */
  public static List<Difference> of(Optional<JsonNode> before, Optional<JsonNode> after) {
    Map<String, String> was = new LinkedHashMap<>();
    Map<String, String> is = new LinkedHashMap<>();
    before.ifPresent(node -> flatten("", node, was));
    after.ifPresent(node -> flatten("", node, is));
    Set<String> fields = new LinkedHashSet<>(was.keySet());
    fields.addAll(is.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String field : fields) {
      Optional<String> one = Optional.ofNullable(was.get(field));
      Optional<String> other = Optional.ofNullable(is.get(field));
      if (!one.equals(other)) {
        differences.add(new Difference(field, one, other));
      }
    }
    return List.copyOf(differences);
  }

  /** The field without the numbers of list items. */
  public String kind() {
    return field.replaceAll("\\[[0-9]+\\]", "");
  }

  private static void flatten(String name, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                      field.getValue(),
                      into));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten("%s[%d]".formatted(name, i), node.get(i), into);
      }
    } else if (!node.isNull()) {
      into.put(name, Printable.of(node.asText()));
    }
  }
}
