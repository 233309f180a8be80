/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.manual;

import io.cadastre.node.CommandTree;
import io.cadastre.node.manual.ManPage.Entry;
import io.cadastre.node.settings.SettingKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes the manual pages and the bash completion from the commands. The build runs it. */
public final class Manual {
  private Manual() {}

  /**
   * Writes {@code man1}, {@code man5} and {@code bash-completion} below the folder given as the
   * argument.
   */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]));
  }

  /** Writes all pages below {@code folder}. */
  static void write(Path folder) throws IOException {
    CommandLine node = CommandTree.commandLine();
    write(folder, "man1", node.getCommandSpec());
    for (CommandLine command : node.getSubcommands().values()) {
      write(folder, "man1", command.getCommandSpec());
    }
    write(
        folder.resolve("man5/cadastre-node.conf.5"),
        ManPage.ofSettings(
            "cadastre-node.conf",
            "/etc/cadastre/node.conf holds one setting a line, KEY = VALUE. Blank lines and lines that"
                + " begin with # are ignored. Each mistake is named with its line.",
            Stream.of(SettingKey.values())
                .map(key -> new Entry(key.word() + " = " + key.form(), key.description()))
                .toList()));
    write(
        folder.resolve("bash-completion/cadastre-node"), AutoComplete.bash("cadastre-node", node));
  }

  private static void write(Path folder, String section, CommandSpec command) throws IOException {
    write(folder.resolve(section).resolve(command.qualifiedName("-") + ".1"), ManPage.of(command));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
