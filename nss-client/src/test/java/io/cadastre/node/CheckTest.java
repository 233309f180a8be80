/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.node.ScratchNode.Run;
import io.cadastre.storage.fitness.FactsTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * check and storage-conf on a scratch tree with a /proc of its own: a node with homes on Lustre.
 */
class CheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USER_FILE = "home/zoe/.config/containers/storage.conf";
  private static final String FLAG =
      "[storage]\ndriver = \"vfs\"\n[storage.options.vfs]\nignore_chown_errors = \"true\"\n";

  @TempDir Path root;
  private ScratchNode node;

  @BeforeEach
  void node() throws IOException {
    node = new ScratchNode(root);
    node.write("etc/passwd", "root:x:0:0::/root:/bin/sh\nzoe:x:4242:4242::/home/zoe:/bin/sh\n");
    node.write("etc/subuid", "zoe:1001062400:65536\n");
    node.write("etc/subgid", "zoe:1001062400:65536\n");
    node.write("proc/sys/user/max_user_namespaces", "30000\n");
    node.write("proc/sys/kernel/osrelease", "6.1.0-18-amd64\n");
    node.write(
        "proc/self/mountinfo",
        """
        22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
        23 22 0:40 / /home rw,nosuid - lustre mgs@tcp:/home rw,flock
        24 22 0:41 / /tmp rw,nosuid - xfs /dev/nvme0n1 rw
        """);
    for (String folder : List.of("", "home", "home/zoe", "tmp", "var", "var/tmp")) {
      Files.createDirectories(root.resolve(folder));
      Files.setPosixFilePermissions(
          root.resolve(folder), PosixFilePermissions.fromString("rwxrwxrwx"));
    }
  }

  /** The verdicts by check, of the node and of one user. */
  private Map<String, String> verdicts(String... args) throws IOException {
    Run run = node.run("check", arguments(args));
    JsonNode report = JSON.readTree(run.out());
    Map<String, String> verdicts = new TreeMap<>();
    report.path("checks").forEach(c -> put(verdicts, c));
    report.path("users").forEach(user -> user.path("checks").forEach(c -> put(verdicts, c)));
    return verdicts;
  }

  private static void put(Map<String, String> verdicts, JsonNode check) {
    verdicts.put(check.path("check").asText(), check.path("verdict").asText());
  }

  private static String[] arguments(String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "--json";
    all[1] = "--user";
    all[2] = "zoe";
    System.arraycopy(more, 0, all, 3, more.length);
    return all;
  }

  @Test
  void allChecksAreThereOnce() throws IOException {
    assertThat(verdicts())
        .hasSize(32)
        .containsEntry("N01", "pass")
        .containsEntry("N06", "pass")
        .containsEntry("N07", "pass")
        .containsEntry("N18", "unknown");
  }

  @Test
  void theFlagIsMissingOnLustre() throws IOException {
    assertThat(verdicts()).containsEntry("N14", "fail").containsEntry("N12", "warn");
    node.write(USER_FILE, FLAG);
    assertThat(verdicts()).containsEntry("N14", "pass");
  }

  /** Review F6: a row by uid gives zoe a range, so that the flag is not needed on a local disk. */
  @Test
  void aRowByUidIsARangeForTheFlag() throws IOException {
    node.write(USER_FILE, "[storage]\ndriver = \"vfs\"\nrootless_storage_path = \"/tmp/zoe\"\n");
    node.write("etc/subuid", "4242:4294770688:65536\n");
    node.write("etc/subgid", "4242:4294770688:65536\n");
    assertThat(verdicts()).containsEntry("N06", "pass").containsEntry("N14", "pass");
    node.write("etc/subuid", "31089:4294770688:65536\n");
    assertThat(verdicts()).containsEntry("N06", "fail").containsEntry("N14", "fail");
  }

  @Test
  void anUnquotedFlagFailsItsCheck() throws IOException {
    node.write(USER_FILE, FLAG.replace("\"true\"", "true"));
    assertThat(verdicts()).containsEntry("N11", "fail");
    assertThat(node.run("check", "--user", "zoe", "--failures-only").out())
        .contains("ignore_chown_errors")
        .doesNotContain(" pass ");
  }

  @Test
  void whatCannotBeObservedIsUnknown() throws IOException {
    Files.delete(root.resolve("proc/self/mountinfo"));
    assertThat(verdicts())
        .containsEntry("N12", "unknown")
        .containsEntry("N14", "unknown")
        .containsEntry("N16", "unknown")
        .containsEntry("N17", "unknown");
  }

  @Test
  void theNodemapIsJudgedByWhatIsPassed() throws IOException {
    assertThat(verdicts("--nodemap", "0-999999")).containsEntry("N18", "fail");
    assertThat(verdicts("--nodemap", "0-2000000000")).containsEntry("N18", "pass");
    assertThat(node.run("check", "--nodemap", "9-1").status()).isEqualTo(64);
  }

  @Test
  void allUsersWithARangeAreChecked() throws IOException {
    JsonNode report = JSON.readTree(node.run("check", "--all-users", "--json").out());
    assertThat(report.path("users").findValuesAsText("name")).containsExactly("zoe");
    assertThat(node.run("check", "--user", "no-such-user").err()).contains("no-such-user");
  }

  @Test
  void theFactsAreWhatTheServiceTakes() throws IOException {
    JsonNode user = JSON.readTree(node.run("check", arguments()).out()).at("/users/0");
    Map<?, ?> facts = JSON.convertValue(user.path("facts"), Map.class);
    assertThat(FactsTree.read(facts).subuids()).isPresent();
    assertThat(user.at("/user/uid").asLong()).isEqualTo(4242);
    assertThat(user.path("engine").asText()).isEqualTo("legacy");
  }

  @Test
  void storageConfIsRightForTheNode() throws IOException {
    Run run = node.run("storage-conf", "--user", "zoe");
    assertThat(run.status()).isZero();
    node.write(USER_FILE, run.out());
    Run explained = node.run("storage-conf", "--user", "zoe", "--explain", "--json");
    assertThat(explained.status()).as(explained.out()).isZero();
    assertThat(JSON.readTree(explained.out()).path("refused").asBoolean(true)).isFalse();
  }

  @Test
  void explainNamesFileAndLine() throws IOException {
    node.write(USER_FILE, FLAG);
    JsonNode flag =
        JSON.readTree(node.run("storage-conf", "--user", "zoe", "--explain", "--json").out())
            .at("/effective/ignoreChownErrors");
    assertThat(flag.path("value").asBoolean()).isTrue();
    assertThat(flag.path("file").asText()).isEqualTo("/" + USER_FILE);
    assertThat(flag.path("line").asInt()).isEqualTo(4);
  }

  @Test
  void aHostileStorageConfIsRefusedWithAMessage() throws IOException {
    node.write(USER_FILE, "[storage\n".repeat(2_000_000));
    Run huge = node.run("storage-conf", "--user", "zoe", "--explain");
    assertThat(huge.status()).isEqualTo(65);
    assertThat(huge.out() + huge.err()).contains("storage.conf");
    node.write(USER_FILE, "x = " + "[".repeat(100_000));
    assertThat(node.run("storage-conf", "--user", "zoe", "--explain").out()).contains("brackets");
    node.write(USER_FILE, "[storage]\ndriver = \"v\0fs\"\n");
    assertThat(node.run("storage-conf", "--user", "zoe", "--explain").out()).contains("U+0000");
  }

  @Test
  void aFileOfAnySizeIsRefusedUnread() throws IOException {
    node.write(USER_FILE, "");
    try (RandomAccessFile file = new RandomAccessFile(root.resolve(USER_FILE).toFile(), "rw")) {
      file.setLength(3L << 30);
    }
    Run huge = node.run("storage-conf", "--user", "zoe", "--explain");
    assertThat(huge.status()).as(huge.err()).isEqualTo(65);
    assertThat(huge.out()).contains("is longer than the 131,072 characters that are read");
  }

  @Test
  void aSystemFileThatTheUserMayNotReadStopsPodman() throws IOException {
    String system = "etc/containers/storage.conf";
    node.write(system, "[storage]\ndriver = \"vfs\"\n");
    assertThat(verdicts()).containsEntry("N11", "pass");
    Files.setPosixFilePermissions(
        root.resolve(system), PosixFilePermissions.fromString("rw-------"));
    assertThat(verdicts()).containsEntry("N11", "fail");
  }

  @Test
  void filesHiddenFromTheCallerAloneAreUnknown() throws IOException {
    Files.createDirectories(root.resolve(USER_FILE));
    assertThat(verdicts()).containsEntry("N11", "fail");
    calledBy(
        "another",
        () -> {
          assertThat(verdicts()).containsEntry("N11", "unknown").containsEntry("N14", "unknown");
          Run explained = node.run("storage-conf", "--user", "zoe", "--explain");
          assertThat(explained.status()).isEqualTo(74);
          assertThat(explained.err()).contains("run this as root, or as the user");
        });
  }

  @Test
  void withoutAUserTheChecksOfUsersAreUnknown() throws IOException {
    calledBy(
        "root",
        () -> {
          JsonNode checks = JSON.readTree(node.run("check", "--json").out()).path("checks");
          assertThat(checks).hasSize(32);
          assertThat(checks.findValuesAsText("verdict").subList(13, 14)).containsExactly("unknown");
        });
  }

  @Test
  void aProbeOfAnotherTreeIsRefused() throws IOException {
    Run run = node.run("check", "--user", "zoe", "--probe");
    assertThat(run.status()).isEqualTo(64);
    assertThat(run.err()).contains("--root names another tree");
  }

  private interface Steps {
    void take() throws IOException;
  }

  /** As if this user were the caller. */
  private static void calledBy(String name, Steps steps) throws IOException {
    String before = System.setProperty("user.name", name);
    try {
      steps.take();
    } finally {
      System.setProperty("user.name", before);
    }
  }
}
