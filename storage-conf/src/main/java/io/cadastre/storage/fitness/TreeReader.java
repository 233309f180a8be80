/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads an object in a tree of JSON values. It knows its place for messages and the keys that were
 * read. Not thread-safe.
 */
final class TreeReader {
  private final String place;
  private final Map<?, ?> tree;
  private final Set<String> asked = new HashSet<>();

  TreeReader(String place, Map<?, ?> tree) {
    this.place = place;
    this.tree = tree;
  }

  /** Returns all keys, sorted. */
  Set<String> keys() {
    return tree.keySet().stream()
        .map(String::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Optional<String> text(String key) {
    return value(key, String.class, "a text");
  }

  Optional<Boolean> truth(String key) {
    return value(key, Boolean.class, "true or false");
  }

  Optional<Long> number(String key) {
    // 1.5 is no ID, and longValue() would change 1e30.
    return value(key, Number.class, "a whole number")
        .map(
            number -> {
              if (!(number instanceof Integer || number instanceof Long)) {
                throw refused(key + " is " + number + ", and no whole number");
              }
              return number.longValue();
            });
  }

  Optional<TreeReader> object(String key) {
    return value(key, Map.class, "an object")
        .map(object -> new TreeReader(place + "." + key, object));
  }

  Optional<List<TreeReader>> objects(String key) {
    return value(key, List.class, "a list of objects")
        .map(
            list ->
                IntStream.range(0, list.size())
                    .mapToObj(i -> element(key + "[" + i + "]", list.get(i)))
                    .toList());
  }

  /** Returns a list of texts; an empty list if the key is absent. */
  List<String> texts(String key) {
    List<?> list = value(key, List.class, "a list of texts").orElse(List.of());
    for (Object element : list) {
      if (!(element instanceof String)) {
        throw refused(key + " is not a list of texts");
      }
    }
    return list.stream().map(String.class::cast).toList();
  }

  <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    return text(key)
        .map(
            word -> {
              for (E constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                  return constant;
                }
              }
              throw refused(key + " is \"" + word + "\", which is none of the choices");
            });
  }

  /** Refuses a key that was not read: a misspelt fact would pass as an unknown one. */
  void requireNothingElse() {
    Set<String> others = keys();
    others.removeAll(asked);
    if (!others.isEmpty()) {
      throw refused("there is no " + String.join(", ", others));
    }
  }

  IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(place + ": " + why);
  }

  private TreeReader element(String name, Object value) {
    if (value instanceof Map<?, ?> object) {
      return new TreeReader(place + "." + name, object);
    }
    throw refused(name + " is no object");
  }

  private <T> Optional<T> value(String key, Class<T> type, String wanted) {
    asked.add(key);
    Optional<Object> value = Optional.ofNullable(tree.get(key));
    if (value.isPresent() && !type.isInstance(value.get())) {
      throw refused(key + " is not " + wanted);
    }
    return value.map(type::cast);
  }
}
