/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Review F4: a node whose service is away, or refused, for a long time: status, verify and check
 * say so.
 */
@Tag("slow")
final class StaleNodeTest {
  private static final String CONFIRMED = "var/lib/cadastre/confirmed";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
    node.sync(registry);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private void contact(Duration confirmed, Duration answered, String refused) {
    node.write(
        CONFIRMED,
        "confirmed %d answered %d refused %s\n"
            .formatted(
                now.minus(confirmed).getEpochSecond(),
                now.minus(answered).getEpochSecond(),
                refused));
  }

  @Test
  void statusSaysWhenTheServiceLastAnswered() throws IOException {
    assertThat(node.run("status").out())
        .contains("confirmed: unknown\nanswered: unknown\nrefused: none\n");
    contact(Duration.ofDays(20), Duration.ofMinutes(5), "shrunk");
    Run run = node.run("status");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(
            "confirmed: %s\nanswered: %s\nrefused: shrunk\n"
                .formatted(now.minus(Duration.ofDays(20)), now.minus(Duration.ofMinutes(5))));
    JsonNode status = JSON.readTree(node.run("status", "--json").out());
    assertThat(status.path("confirmed").asText())
        .isEqualTo(now.minus(Duration.ofDays(20)).toString());
    assertThat(status.path("refused").asText()).isEqualTo("shrunk");
  }

  @Test
  void verifyFailsOnAStaleNodeWithAStatusOfItsOwn() {
    contact(Duration.ofHours(30), Duration.ofHours(30), "none");
    assertThat(node.run("verify").status()).isZero();
    assertThat(node.run("verify", "--max-age", "31h").status()).isZero();
    Run run = node.run("verify", "--max-age", "1d");
    assertThat(run.status()).isEqualTo(ExitStatus.STALE);
    assertThat(run.out()).isEqualTo("the node serves what it last accepted\n");
    assertThat(run.err())
        .isEqualTo(
            "cadastre-node: error: stale: /var/lib/cadastre/confirmed: the last contact with the"
                + " service was 30 h ago, the limit is 24 h; run \"cadastre-node sync\", which"
                + " prints why no service answers, then \"systemctl status"
                + " cadastre-node.timer\"\n");
    assertThat(node.run("verify", "--max-age", "1d", "--json").out())
        .contains("{\"rule\":\"stale\",\"severity\":\"error\"");
  }

  @Test
  void verifyNamesTheLastRefusal() {
    contact(Duration.ofDays(20), Duration.ofMinutes(5), "shrunk");
    assertThat(node.run("verify", "--max-age", "1d").err())
        .contains("was 20 d ago", "its last answer, 5 min ago, was refused (shrunk)", "remedy");
  }

  @Test
  void anUnknownContactIsStale() {
    assertThat(node.run("verify", "--max-age", "9999d").status()).isEqualTo(ExitStatus.STALE);
    contact(Duration.ofDays(-1), Duration.ofDays(-1), "none");
    assertThat(node.run("verify", "--max-age", "9999d").err()).contains("it is not known when");
  }

  @Test
  void theOptionOverridesTheSettingWhichAnImageIgnores() {
    node.write("etc/cadastre/node.conf", "max-age = 1h\n");
    assertThat(node.run("verify").status()).as("an image").isZero();
    contact(Duration.ofHours(2), Duration.ofHours(2), "none");
    assertThat(node.run("verify").status()).isEqualTo(ExitStatus.STALE);
    assertThat(node.run("verify", "--max-age", "3h").status()).isZero();
    assertThat(node.run("verify", "--max-age", "3 hours").err()).contains("for example 1d");
    assertThat(node.run("verify", "--max-age", "").status()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void whatIsWorseCountsFirst() {
    node.write("etc/subuid", "");
    contact(Duration.ofHours(2), Duration.ofHours(2), "none");
    Run run = node.run("verify", "--max-age", "1h");
    assertThat(run.status()).isEqualTo(ExitStatus.DATA_REFUSED);
    assertThat(run.err()).contains("error: differs", "error: stale");
  }

  @Test
  void checkJudgesTheContactAndNotTheState() throws IOException {
    assertThat(snapshotCheck("verdict")).isEqualTo("not applicable");
    contact(Duration.ofMinutes(90), Duration.ofMinutes(90), "none");
    assertThat(snapshotCheck("verdict")).isEqualTo("pass");
    assertThat(snapshotCheck("why"))
        .isEqualTo("serial 42: the last contact with the service was 90 min ago");
    contact(Duration.ofHours(3), Duration.ofHours(2), "older");
    assertThat(snapshotCheck("verdict")).isEqualTo("warn");
    assertThat(snapshotCheck("why")).contains("3 h ago", "was refused (older)");
    assertThat(snapshotCheck("remedy")).contains("prints what it refuses");
    node.write("etc/cadastre/node.conf", "max-age = 1d\n");
    assertThat(snapshotCheck("verdict")).isEqualTo("pass");
    node.write(CONFIRMED, "");
    assertThat(snapshotCheck("verdict")).isEqualTo("warn");
    assertThat(snapshotCheck("why")).contains("it is not known when");
  }

  private String snapshotCheck(String field) throws IOException {
    JsonNode report = JSON.readTree(node.run("check", "--json", "--user", "admin").out());
    return StreamSupport.stream(report.path("checks").spliterator(), false)
        .filter(check -> check.path("check").asText().equals("N23"))
        .findFirst()
        .orElseThrow()
        .path(field)
        .asText();
  }
}
