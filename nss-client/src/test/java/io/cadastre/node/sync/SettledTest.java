/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.guard.Acceptance;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.GuardSettings;
import io.cadastre.node.guard.Window;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.settings.SettingsFile;
import io.cadastre.node.tree.FileSum;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.subid.IdRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What decides that a node is as the last sync left it. */
final class SettledTest {
  @TempDir Path root;

  @Test
  void theSumOfAFileOnDiskIsThatOfItsBytes() throws Exception {
    Path etc = Files.createDirectories(root.resolve("etc"));
    for (int size : new int[] {0, 1, (1 << 16) - 1, 1 << 16, 200_000}) {
      byte[] bytes = new byte[size];
      for (int i = 0; i < size; i++) {
        bytes[i] = (byte) (i * 31 + i / 251);
      }
      Files.write(etc.resolve("subuid"), bytes);
      TreeFileReader reader = new TreeFileReader(NodeTree.open(root));
      Optional<FileSum> inMemory = reader.readAll(etc, false, "subuid").get(0).map(FileSum::of);
      assertThat(reader.sums(etc, false, "subuid", "subgid"))
          .as("%d bytes", size)
          .containsExactly(inMemory, Optional.empty());
    }
  }

  @Test
  void eachSettingOfTheGuardsIsInTheFingerprint() throws Exception {
    Window window = new Window(IdRange.between(100_000, 200_000));
    List<GuardSettings> all =
        List.of(
            new GuardSettings(Window.DEFAULT, 10, false, false, false),
            new GuardSettings(window, 10, false, false, false),
            new GuardSettings(Window.DEFAULT, 11, false, false, false),
            new GuardSettings(Window.DEFAULT, 10, true, false, false),
            new GuardSettings(Window.DEFAULT, 10, false, true, false),
            new GuardSettings(Window.DEFAULT, 10, false, false, true));
    assertThat(all).hasSize(1 + GuardSettings.class.getRecordComponents().length);
    assertThat(all.stream().map(SettledTest::fingerprint)).doesNotHaveDuplicates();
  }

  @Test
  void modeOwnersAndAcceptancesAreInTheFingerprint() throws Exception {
    assertThat(
            List.of(
                fingerprint("", Acceptances.NONE),
                fingerprint("mode = plugin\n", Acceptances.NONE),
                fingerprint("owners = uid\n", Acceptances.NONE),
                fingerprint("", new Acceptances(Set.of(Acceptance.of("shrunk@7"))))))
        .doesNotHaveDuplicates();
  }

  private static String fingerprint(String settings, Acceptances accepted) throws Exception {
    return options(SettingsFile.settings("node.conf", settings), accepted).fingerprint();
  }

  private static String fingerprint(GuardSettings guards) {
    NodeSettings all = NodeSettings.DEFAULT;
    return options(
            new NodeSettings(
                all.urls(),
                all.mode(),
                all.owners(),
                guards,
                all.caFile(),
                all.certificateFile(),
                all.keyFile(),
                all.tokenFile(),
                all.timeout(),
                all.patience(),
                all.monitoring(),
                all.reporting()),
            Acceptances.NONE)
        .fingerprint();
  }

  private static SyncOptions options(NodeSettings settings, Acceptances accepted) {
    return new SyncOptions(settings, accepted, Acceptances.NONE, false, false);
  }
}
