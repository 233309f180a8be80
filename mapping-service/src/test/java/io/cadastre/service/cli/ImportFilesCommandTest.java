/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.api.NodeFileJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The node of a file, by its name, its folder or NODE=. */
class ImportFilesCommandTest {
  @TempDir Path scratch;

  @ParameterizedTest
  @CsvSource({
    "'', login1/subuid, login1, subuid",
    "'', login1/etc/subgid, login1, subgid",
    "'', login1/subuid-, login1, subuid",
    "'', login1/subuid.bak, login1, subuid",
    "'', all/node1.subuid, node1, subuid",
    "'', all/node2.example.org-subgid, node2.example.org, subgid",
    "'', all/subgid.node3, node3, subgid",
    "'', a=b/login1/subuid, login1, subuid",
    "node4=, all/node1.subuid, node4, subuid",
    "node4=, a=b/subuid, node4, subuid",
  })
  void nameTellsTheNodeOfAFile(String prefix, String name, String node, String type)
      throws IOException {
    Path path = scratch.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "zoe:1:1\n");

    assertThat(ImportFilesCommand.file(prefix + path))
        .isEqualTo(
            new NodeFileJson(Optional.of(node), Optional.of(type), Optional.of("em9lOjE6MQo=")));
  }

  @Test
  void refusesAFileWithoutAnEnd() throws IOException {
    Path endless = Files.createSymbolicLink(scratch.resolve("subuid"), Path.of("/dev/zero"));
    assertThatThrownBy(() -> ImportFilesCommand.file(endless.toString()))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("subuid cannot be read: java.io.IOException: it is no regular file");
  }

  @Test
  void refusesAFileThatCouldBeEither() {
    assertThatThrownBy(() -> ImportFilesCommand.file("login1/ranges"))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("node1.subuid");
  }
}
