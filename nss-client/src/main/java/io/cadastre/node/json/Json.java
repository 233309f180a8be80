/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.json;

import io.cadastre.node.guard.Hold;
import io.cadastre.subid.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON (RFC 8259) of maps, lists, text, numbers and booleans. A JSON mapper would cost this
 * one-shot program a tenth of a second.
 */
public final class Json {
  private final StringBuilder text = new StringBuilder();

  private Json() {}

  /** The JSON text of a value. */
  public static String of(Object value) {
    Json json = new Json();
    json.append(value);
    return json.text.toString();
  }

  /** A finding as an object. */
  public static Map<String, Object> finding(Finding finding) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("rule", finding.rule());
    object.put("severity", finding.severity().word());
    object.put("subject", finding.subject());
    object.put("message", finding.message());
    object.put("remedy", finding.remedy());
    return object;
  }

  /** A row that is not served, as an object. */
  public static Map<String, Object> hold(Hold hold) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("owner", hold.row().name().value());
    object.put("allocation", hold.row().allocation().toString());
    object.put("taken", hold.taken());
    object.put("finding", finding(hold.finding()));
    return object;
  }

  private void append(Object value) {
    if (value instanceof Map<?, ?> map) {
      text.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(separator);
        string(String.valueOf(entry.getKey()));
        text.append(':');
        append(entry.getValue());
        separator = ",";
      }
      text.append('}');
    } else if (value instanceof List<?> list) {
      text.append('[');
      String separator = "";
      for (Object element : list) {
        text.append(separator);
        append(element);
        separator = ",";
      }
      text.append(']');
    } else if (value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else {
      string(value.toString());
    }
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7F) {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
