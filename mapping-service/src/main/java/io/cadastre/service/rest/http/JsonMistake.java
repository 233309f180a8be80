/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;

/** Describes a mistake in a body's JSON in the words of the interface, not of the library. */
public final class JsonMistake {
  private JsonMistake() {}

  /** One sentence, with the field or the place. */
  public static String sentence(JsonProcessingException mistake) {
    if (mistake instanceof UnrecognizedPropertyException unknown) {
      return "the field \"%s\" is not known here; the fields are %s"
          .formatted(
              unknown.getPropertyName(),
              unknown.getKnownPropertyIds().stream()
                  .map(String::valueOf)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    if (mistake instanceof MismatchedInputException mismatch) {
      String path = path(mismatch);
      return path.isEmpty()
          ? "the body is not a JSON object as the interface asks for"
          : "the field \"%s\" does not hold what it should".formatted(path);
    }
    if (mistake instanceof JsonParseException) {
      return "the body is not JSON: %s at line %d, column %d"
          .formatted(
              firstLine(mistake.getOriginalMessage()),
              mistake.getLocation().getLineNr(),
              mistake.getLocation().getColumnNr());
    }
    return "the body is not as the interface asks for: " + firstLine(mistake.getOriginalMessage());
  }

  private static String path(JsonMappingException mistake) {
    return mistake.getPath().stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
