/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.CommandTree;
import io.cadastre.node.guard.Rule;
import io.cadastre.node.settings.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that the build writes. */
final class ManualTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Manual.write(folder);
  }

  @Test
  void hasAPageForEveryCommandAndForTheSettings() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("man1"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(CommandTree.commandLine().getSubcommands().size() + 1)
          .contains("cadastre-node.1", "cadastre-node-sync.1");
    }
    assertThat(folder.resolve("man5/cadastre-node.conf.5")).exists();
  }

  @Test
  void namesEveryRuleEveryOptionAndEveryKey() throws IOException {
    String sync = Files.readString(folder.resolve("man1/cadastre-node-sync.1"));
    for (Rule rule : Rule.values()) {
      assertThat(sync).contains("\\fB" + rule.exitStatus() + "\\fR");
    }
    assertThat(sync).contains("\\fB\\-\\-accept RULE@SERIAL\\fR", "\\fB\\-\\-dry\\-run\\fR");
    String conf = Files.readString(folder.resolve("man5/cadastre-node.conf.5"));
    for (SettingKey key : SettingKey.values()) {
      assertThat(conf).contains("\\fB" + key.word().replace("-", "\\-") + " = ");
    }
  }

  @Test
  void namesTheFilesOfTheNode() throws IOException {
    String sync = Files.readString(folder.resolve("man1/cadastre-node-sync.1"));
    for (String name : List.of("snapshot.next", "served", "removed", "taken")) {
      assertThat(sync.replace("\\", "")).contains("/var/lib/cadastre/" + name);
    }
  }

  @Test
  void aUserMayBeNamedByUid() throws IOException {
    for (String command : List.of("check", "storage-conf")) {
      assertThat(folder.resolve("man1/cadastre-node-%s.1".formatted(command)))
          .content()
          .contains("by name or else by uid");
    }
  }

  @Test
  void pagesAreWellFormed() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path page : files.filter(f -> f.toString().matches(".*\\.[15]")).toList()) {
        // groff would warn of an unknown request, or of a quote that does not end.
        assertThat(Files.readAllLines(page))
            .allSatisfy(line -> assertThat(line).matches("\\.(TH|SH|TP|PP|B|\\\\\").*|[^.'].*"));
      }
    }
  }

  @Test
  void completionIsBash() throws Exception {
    Path completion = folder.resolve("bash-completion/cadastre-node");
    assertThat(completion).content().contains("--dry-run", "getsubids");
    Process process =
        new ProcessBuilder(List.of("bash", "-n", completion.toString())).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
