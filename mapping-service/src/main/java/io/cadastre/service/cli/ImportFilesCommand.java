/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cadastre.service.cli.ServiceCommand.Action;
import io.cadastre.service.file.GivenFile;
import io.cadastre.service.task.ImportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code import-files [--apply] [NODE=]FILE...}: judges files that were collected from nodes, and
 * with {@code --apply} pins what is clean.
 */
final class ImportFilesCommand implements Action {
  /** In bytes; a file of 500,000 rows has half of it. */
  private static final int MOST = 32 << 20;

  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("file")
        .nargs("+")
        .metavar("[NODE=]FILE")
        .help(
            "copies of /etc/subuid and /etc/subgid; the file's name says which of the two it is,"
                + " and which node's, as in node1.subuid; else its folder does, unless NODE= does");
    parser
        .addArgument("--apply")
        .action(Arguments.storeTrue())
        .help("pin what is clean; without it nothing is changed");
    parser
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("change nothing, even with --apply");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    List<String> names = arguments.getList("file");
    boolean apply = arguments.getBoolean("apply") && !arguments.getBoolean("dryRun");
    List<ImportFile> files = names.stream().map(ImportFilesCommand::file).toList();
    try {
      Printed.answer(
          service.task(
              "import-files",
              Map.of("dryRun", Boolean.toString(!apply), "reason", "import-files"),
              ServiceClient.mapper().writeValueAsString(files)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text and bytes can always be written as JSON", e);
    }
  }

  static ImportFile file(String argument) {
    int equals = argument.indexOf('=');
    boolean named = equals > 0 && argument.lastIndexOf('/', equals) < 0;
    Path path = Path.of(named ? argument.substring(equals + 1) : argument);
    String node = named ? argument.substring(0, equals) : node(path);
    try {
      return new ImportFile(
          node, type(path), Base64.getEncoder().encodeToString(GivenFile.bytes(path, MOST)));
    } catch (IOException e) {
      throw new CommandFailed(CommandStatus.NO_INPUT, path + " cannot be read: " + e, e);
    }
  }

  /**
   * What the file's name says beside the type, as in {@code node1.subuid}; else the folder's. A
   * copy's ending is no node.
   */
  private static String node(Path file) {
    String rest =
        String.valueOf(file.getFileName())
            .replaceFirst(type(file), "")
            .replaceFirst("[.](bak|old|orig|save)$", "")
            .replaceAll("^[._-]+|[._-]+$", "");
    return rest.isEmpty() ? folder(file) : rest;
  }

  /** The folder that the file lies in, or the one above {@code etc}. */
  private static String folder(Path file) {
    Path etc = file.toAbsolutePath().normalize().getParent();
    Path folder = etc != null && etc.endsWith("etc") ? etc.getParent() : etc;
    return folder == null || folder.getFileName() == null
        ? "localhost"
        : folder.getFileName().toString();
  }

  private static String type(Path file) {
    String name = String.valueOf(file.getFileName());
    for (String type : List.of("subuid", "subgid")) {
      if (name.contains(type)) {
        return type;
      }
    }
    throw new CommandFailed(
        CommandStatus.REFUSED,
        file + ": the name must say whether it is a subuid or a subgid file, as in node1.subuid");
  }
}
