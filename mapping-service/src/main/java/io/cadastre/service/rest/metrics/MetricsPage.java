/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.metrics;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A page in the text format of Prometheus, version 0.0.4. A metric of a name that the page has
 * already is left out with its samples, since it would make the whole page invalid. For one thread.
 */
final class MetricsPage {
  private static final String NOT_OF_A_NAME = "[^a-zA-Z0-9_]";

  private final StringBuilder text = new StringBuilder();
  private final Set<String> names = new HashSet<>();
  private String current = "";

  /**
   * Begins a metric.
   *
   * @param name any text; characters that no name can have become {@code _}
   * @param type of Prometheus: {@code gauge}, {@code counter} or {@code summary}
   * @param help one line
   */
  void metric(String name, String type, String help) {
    current = name.replaceAll(NOT_OF_A_NAME, "_");
    if (!names.add(current)) {
      current = "";
      return;
    }
    text.append("# HELP ").append(current).append(' ');
    text.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    text.append("# TYPE ").append(current).append(' ').append(type).append('\n');
  }

  /** Adds a sample of the metric that was begun last. */
  void sample(Number value, Map<String, String> labels) {
    sample("", value, labels);
  }

  /** Adds a sample of the metric that was begun last, with a suffix as summaries have it. */
  void sample(String suffix, Number value, Map<String, String> labels) {
    if (current.isEmpty()) {
      return;
    }
    text.append(current).append(suffix);
    if (!labels.isEmpty()) {
      text.append(
          labels.entrySet().stream()
              .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + '"')
              .collect(Collectors.joining(",", "{", "}")));
    }
    text.append(' ').append(number(value.doubleValue())).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** A whole number without a fraction. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** The page so far. */
  String text() {
    return text.toString();
  }
}
