/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
