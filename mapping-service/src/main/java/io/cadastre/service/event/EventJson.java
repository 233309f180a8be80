/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The one JSON form of events: the hash covers it, the export writes it and a replay reads it. It
 * must never change for events that exist.
 */
public final class EventJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private EventJson() {}

  /** The line of the event in an export, without the line end. */
  public static String write(Event event) {
    try {
      return MAPPER.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event is always writable as JSON", e);
    }
  }

  /**
   * The event in a line of an export.
   *
   * @throws IllegalArgumentException if the line is not an event
   */
  public static Event read(String line) {
    try {
      return Optional.ofNullable(MAPPER.readValue(line, Event.class))
          .orElseThrow(() -> new IllegalArgumentException("not an event: null"));
    } catch (JsonProcessingException e) {
      // Without the library's message, which quotes the line.
      throw new IllegalArgumentException(
          "not an event, from column %d on".formatted(e.getLocation().getColumnNr()), e);
    }
  }

  /** The JSON tree of a state. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * The state in the row of an event. A text that is no JSON was edited; it becomes a JSON string,
   * which no hash matches.
   */
  public static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(json);
    }
  }

  /**
   * The state of this type.
   *
   * @throws IllegalArgumentException if the tree is no such state
   */
  public static <T> T value(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + tree, e);
    }
  }

  /** The event with the hash of its JSON form. */
  public static Event sealed(Event event) {
    return event.withHash(hash(write(event.withHash(""))));
  }

  /** SHA-256 of the text's UTF-8, in lower-case hexadecimal digits. */
  public static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
