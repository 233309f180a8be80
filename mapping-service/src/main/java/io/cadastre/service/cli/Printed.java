/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.task.TaskAnswer;

/** What the service answers, as lines for people. */
final class Printed {
  private Printed() {}

  /** {@code zoe (uid 1001): subuid 1001062400:65536, subgid 1001062400:65536, active}. */
  static String allocation(JsonNode answer) {
    JsonNode owner = answer.path("owner");
    JsonNode allocation = answer.path("allocation");
    return "%s (uid %d): subuid %s, subgid %s, %s"
        .formatted(
            owner.path("name").asText(),
            owner.path("uidNumber").asLong(),
            range(allocation.path("subuid")),
            range(allocation.path("subgid")),
            allocation.path("state").asText());
  }

  private static String range(JsonNode range) {
    return range.path("start").asText() + ":" + range.path("count").asText();
  }

  static String batchLine(JsonNode line) {
    return line.has("refused")
        ? "%s refused: %s"
            .formatted(line.path("name").asText(), line.at("/refused/detail").asText())
        : "%s %s".formatted(line.path("outcome").asText(), allocation(line));
  }

  static String finding(JsonNode finding) {
    return "%s %s %s: %s -> %s"
        .formatted(
            finding.path("severity").asText(),
            finding.path("rule").asText(),
            finding.path("subject").asText(),
            finding.path("message").asText(),
            finding.path("remedy").asText());
  }

  static void answer(TaskAnswer answer) {
    answer.lines().forEach(Output::line);
    Output.notice(answer.summary());
  }
}
