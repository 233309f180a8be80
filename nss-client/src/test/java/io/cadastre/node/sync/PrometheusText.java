/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text format 0.0.4 of Prometheus, read strictly: each metric has its HELP, its TYPE and its
 * samples, in this order and at one place, and a sample has no time of its own, which node_exporter
 * refuses.
 */
final class PrometheusText {
  private static final String NAME = "([a-zA-Z_:][a-zA-Z0-9_:]*)";
  private static final Pattern HELP = Pattern.compile("# HELP " + NAME + " ([^\\\\\\n]+)");
  private static final Pattern TYPE = Pattern.compile("# TYPE " + NAME + " gauge");
  private static final Pattern SAMPLE =
      Pattern.compile(
          NAME + "(\\{[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"\\\\\\n]*\"\\})? (-?[0-9]+(?:\\.[0-9]+)?)");

  private PrometheusText() {}

  /** The values by sample, {@code name} or {@code name{label="value"}}. */
  static Map<String, Long> parse(String text) {
    assertThat(text).endsWith("\n").matches("\\p{ASCII}*");
    Map<String, Long> samples = new LinkedHashMap<>();
    Map<String, Integer> metrics = new LinkedHashMap<>();
    String helped = "";
    String typed = "";
    for (String line : text.lines().toList()) {
      Matcher help = HELP.matcher(line);
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (help.matches()) {
        helped = help.group(1);
        assertThat(metrics.putIfAbsent(helped, 0)).as(line).isNull();
      } else if (type.matches()) {
        typed = type.group(1);
        assertThat(typed).as(line).isEqualTo(helped).isNotEqualTo("");
      } else {
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(sample.group(1)).as(line).isEqualTo(typed).isEqualTo(helped);
        String labels = sample.group(2) == null ? "" : sample.group(2);
        Long value = Long.valueOf(sample.group(3));
        assertThat(samples.put(sample.group(1) + labels, value)).as(line).isNull();
        metrics.merge(typed, 1, Integer::sum);
      }
    }
    assertThat(metrics.values()).as(text).isNotEmpty().doesNotContain(0);
    return samples;
  }
}
