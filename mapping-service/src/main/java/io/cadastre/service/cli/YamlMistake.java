/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.cadastre.service.failure.ConfigurationRefused;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the cause of a configuration that cannot be parsed, and names it in the words of the file:
 * the path of the setting, the value, and the values that are allowed.
 */
final class YamlMistake {
  private YamlMistake() {}

  /** The refusal that names the mistake; empty if Dropwizard's own message names it. */
  static Optional<ConfigurationRefused> of(Throwable failure) {
    return failure instanceof ConfigurationException
            && failure.getCause() instanceof JsonMappingException mistake
            && !(mistake instanceof UnrecognizedPropertyException)
        ? sentence(mistake)
            .map(sentence -> new ConfigurationRefused(List.of(path(mistake) + sentence)))
        : Optional.empty();
  }

  private static Optional<String> sentence(JsonMappingException mistake) {
    if (mistake instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return Optional.of(
          "%s is refused; allowed: %s"
              .formatted(found(mismatch), allowed(mismatch.getTargetType())));
    }
    Throwable deepest =
        Stream.iterate((Throwable) mistake, Objects::nonNull, Throwable::getCause)
            .reduce((a, b) -> b)
            .orElse(mistake);
    if (deepest instanceof IllegalArgumentException) {
      String said = String.valueOf(deepest.getMessage());
      return Optional.of(
          said.startsWith("Invalid duration")
              ? "%s; allowed: %s".formatted(said, allowed(Duration.class))
              : said.startsWith("Invalid size")
                  ? "%s; allowed: %s".formatted(said, allowed(DataSize.class))
                  : said);
    }
    return Optional.empty();
  }

  private static String found(MismatchedInputException mismatch) {
    return mismatch instanceof InvalidFormatException format
        ? "\"%s\"".formatted(format.getValue())
        : "what the file has here";
  }

  /** The values that a setting of this type takes. */
  private static String allowed(Class<?> type) {
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(constant -> word((Enum<?>) constant))
          .collect(Collectors.joining(", "));
    }
    if (type == Duration.class) {
      return "a number with a unit, such as 500ms, 60s, 5m, 2h or 90d";
    }
    if (type == DataSize.class) {
      return "a number with a unit, such as 512B, 64KiB or 10MiB";
    }
    if (type == LocalDate.class) {
      return "a day, such as 2027-01-31";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list, as in [a, b]";
    }
    return type.isRecord()
            || Map.class.isAssignableFrom(type)
            || !type.getName().startsWith("java.")
        ? "settings with names, as in {name: value}; config/cadastre.yml shows them"
        : "a text";
  }

  private static String word(Enum<?> constant) {
    try {
      JsonProperty named =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      return named != null ? named.value() : constant.name().toLowerCase(Locale.ROOT);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("every constant is a field of its enum", e);
    }
  }

  /** {@code directory.identity.servers[0]: }. */
  private static String path(JsonMappingException mistake) {
    StringBuilder path = new StringBuilder();
    for (Reference step : mistake.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.isEmpty() ? "" : path + ": ";
  }
}
