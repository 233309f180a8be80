/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.node.ScratchNode.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** --engine and --installed of storage-conf, and what --explain says with them. */
@Tag("slow")
class StorageOptionsTest {
  private static final String SYSTEM = "etc/containers/storage.conf";
  private static final String ROOTS =
      """
      [storage]
      driver = "overlay"
      graphroot = "/var/lib/containers/storage"
      runroot = "/run/containers/storage"
      """;

  private ScratchNode node;

  @BeforeEach
  void node(@TempDir Path root) throws IOException {
    node = new ScratchNode(root);
    // zoe reads the files below.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    node.write("etc/passwd", "root:x:0:0::/root:/bin/sh\nzoe:x:4242:4242::/home/zoe:/bin/sh\n");
    node.write(SYSTEM, ROOTS);
  }

  private Run explain(String... args) {
    String[] all = new String[args.length + 3];
    System.arraycopy(new String[] {"--user", "zoe", "--explain"}, 0, all, 0, 3);
    System.arraycopy(args, 0, all, 3, args.length);
    return node.run("storage-conf", all);
  }

  @ParameterizedTest
  @CsvSource({
    "4.3.1, Podman 4.3",
    "5.4, Podman 5.4",
    "5.4.2, Podman 5.4",
    "5.4.2+ds1-2, Podman 5.4",
    "5.8.6+ds1-3, Podman 5.8 built with the storage library of 6.0",
    "legacy, Podman 4.3",
    "merged, Podman 6.1",
  })
  void anEngineIsAVersionOrAName(String name, String title) {
    assertThat(explain("--engine", name).out())
        .contains("changes from Podman 4.3 to " + title + ": ");
    assertThat(explain("--engine", "6.0", "--installed", name).out())
        .contains("changes from " + title + " to Podman 6.0: ");
  }

  @ParameterizedTest
  @CsvSource({"3.4.4", "5.9", "newest", "''"})
  void anUnknownEngineIsRefusedWithTheKnownOnes(String name) {
    for (String option : new String[] {"--engine", "--installed"}) {
      Run run =
          option.equals("--engine")
              ? explain(option, name)
              : explain("--engine", "6.0", option, name);
      assertThat(run.status()).isEqualTo(64);
      assertThat(run.err())
          .contains(
              "%s \"%s\" is not known; it takes legacy, merged, or a version"
                  .formatted(option, name),
              "4.3, 4.4, ",
              "5.8, 6.0, 6.1");
    }
    assertThat(node.run("check", "--user", "zoe", "--engine", name).status()).isEqualTo(64);
  }

  @Test
  void installedNeedsExplainAndEngine() {
    assertThat(explain("--installed", "5.4").status()).isEqualTo(64);
    assertThat(
            node.run("storage-conf", "--user", "zoe", "--engine", "6.0", "--installed", "5.4")
                .err())
        .contains("--installed needs --explain and --engine");
  }

  @Test
  void anUpgradeIsExplainedAsADifference() {
    Run run = explain("--engine", "6.0", "--installed", "5.4.2");
    assertThat(run.status()).isEqualTo(65);
    assertThat(run.out())
        .contains(
            """
            changes from Podman 5.4 to Podman 6.0: 2
            breaks: graphroot: /home/zoe/.local/share/containers/storage -> /var/lib/containers/storage (/etc/containers/storage.conf:3)
                since Podman 6.0: one main file and all drop-ins are merged; everything in /etc/containers/storage.conf reaches rootless users, its graphroot and runroot as well; options get the driver of their table, general ones none
                remedy: To keep the present value, write the file below before the upgrade; Podman before 6.0 does not read it.
                > # /etc/containers/storage.rootless.conf.d/99-users.conf
                > [storage]
                > graphroot = ""
                > runroot = ""
            breaks: runroot: \
            """);

    node.write(
        "etc/containers/storage.rootless.conf.d/99-users.conf",
        "[storage]\ngraphroot = \"\"\nrunroot = \"\"\n");
    Run prepared = explain("--engine", "6.0", "--installed", "5.4.2");
    assertThat(prepared.out())
        .contains("graphroot: /home/zoe/.local/share/containers/storage")
        .doesNotContain("breaks: ", "roots-paths", "overridden");
  }

  @Test
  void theObjectHasTheDifference() throws IOException {
    JsonNode answer =
        new ObjectMapper()
            .readTree(explain("--engine", "6.0", "--installed", "5.4.2", "--json").out());
    assertThat(answer.at("/difference/from").asText()).isEqualTo("Podman 5.4");
    assertThat(answer.at("/difference/changes").findValuesAsText("what"))
        .containsExactly("graphroot", "runroot");
    assertThat(new ObjectMapper().readTree(explain("--json").out()).has("difference")).isFalse();
  }
}
