/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.rest.http.ParameterValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The fields of a form that a page of this session has sent: a form without the session's token
 * does not become one. Immutable.
 */
public record PageForm(Map<String, List<String>> fields) {
  /** The field with the session's token. */
  public static final String TOKEN = "formToken";

  /** Copies the fields. */
  public PageForm {
    fields = Map.copyOf(fields);
  }

  /**
   * The text of a field; empty if it is left out or blank.
   *
   * @throws Refused if the form has the field twice
   */
  public Optional<String> text(String name) {
    List<String> values = fields.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new Refused(RefusalCode.BAD_REQUEST, "the form has the field %s twice".formatted(name));
    }
    return values.stream().filter(value -> !value.isBlank()).findFirst();
  }

  /** All fields but the session's token, as they were sent. */
  public Map<String, String> all() {
    return fields.keySet().stream()
        .filter(name -> !name.equals(TOKEN))
        .collect(Collectors.toUnmodifiableMap(name -> name, this::raw));
  }

  /** The text of a field as it was sent; empty if it is left out. */
  public String raw(String name) {
    return String.join("", fields.getOrDefault(name, List.of()));
  }

  /**
   * The number in a field that must be there.
   *
   * @throws Refused if it is no decimal number
   */
  public long number(String name) {
    return number(name, required(name));
  }

  /**
   * The number in a field; empty if it is left out or blank.
   *
   * @throws Refused if it is no decimal number
   */
  public Optional<Long> optionalNumber(String name) {
    return text(name).map(text -> number(name, text));
  }

  private static long number(String name, String given) {
    String text = given.strip();
    if (!text.matches("[0-9]{1,18}")) {
      throw ParameterValue.refused(name, text, "it must be a decimal number");
    }
    return Long.parseLong(text);
  }

  /**
   * The text of a field that must be there.
   *
   * @throws Refused if it is not
   */
  public String required(String name) {
    return text(name)
        .orElseThrow(
            () ->
                new Refused(
                    RefusalCode.BAD_REQUEST, "the form's field %s is empty".formatted(name)));
  }
}
