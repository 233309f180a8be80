/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.node.ScratchNode;
import io.cadastre.node.ScratchNode.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A scratch tree with the user zoe, uid and gid 4242, and the checks by their names. zoe has the
 * range 1101004800:65536 in local rows.
 */
final class CheckedTree {
  static final String ZOE = "zoe:x:4242:4242::/home/zoe:/bin/sh\n";

  final ScratchNode node;

  CheckedTree(Path root) {
    node = new ScratchNode(root);
    node.write("etc/passwd", "root:x:0:0::/root:/bin/sh\nadmin:x:1000:1000::/:/bin/sh\n" + ZOE);
    node.write("etc/group", "root:x:0:\nadmin:x:1000:\nzoe:x:4242:\nproject:x:5005:admin\n");
    rows("zoe:1101004800:65536\n", "zoe:1101004800:65536\n");
  }

  /** Writes /etc/subuid and /etc/subgid. */
  void rows(String subuid, String subgid) {
    node.write("etc/subuid", subuid);
    node.write("etc/subgid", subgid);
  }

  /** Writes the same rows into both files. */
  void rows(String both) {
    rows(both, both);
  }

  /**
   * An outcome.
   *
   * @param verdict its word
   * @param text the reason and then the remedy
   */
  record Outcome(String verdict, String text) {}

  /** The outcomes of all checks, for zoe. */
  Map<String, Outcome> check() {
    return check("zoe");
  }

  /** The outcomes of all checks, for a user. */
  Map<String, Outcome> check(String user) {
    Run run = node.run("check", "--json", "--user", user);
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    try {
      JsonNode report = new ObjectMapper().readTree(run.out());
      report.path("checks").forEach(check -> put(outcomes, check));
      report.path("users").forEach(u -> u.path("checks").forEach(check -> put(outcomes, check)));
      return outcomes;
    } catch (IOException e) {
      throw new UncheckedIOException(run.err(), e);
    }
  }

  private static void put(Map<String, Outcome> outcomes, JsonNode check) {
    outcomes.put(
        check.path("check").asText(),
        new Outcome(
            check.path("verdict").asText(),
            check.path("why").asText() + "\n" + check.path("remedy").asText()));
  }

  /** The outcome of one check, for zoe. */
  Outcome check(NodeCheck check) {
    return check().get(check.name());
  }
}
