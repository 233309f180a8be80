/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.dropwizard.jackson.Jackson;

/** Reads and writes the records of {@code api}. A field that a newer service adds is ignored. */
final class JsonForm {
  private static final ObjectMapper MAPPER =
      Jackson.newObjectMapper()
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private JsonForm() {}

  /** A record as one line. */
  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is always writable as JSON", e);
    }
  }

  /** A record over several lines. */
  static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is always writable as JSON", e);
    }
  }

  /**
   * The record that a text holds.
   *
   * @throws JsonProcessingException if it is not JSON, or a required field is missing
   */
  static <T> T read(String text, Class<T> type) throws JsonProcessingException {
    T value = MAPPER.readValue(text, type);
    if (value == null) {
      throw new MissingValue(type);
    }
    return value;
  }

  private static final class MissingValue extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    MissingValue(Class<?> type) {
      super("null is not a " + type.getSimpleName());
    }
  }
}
