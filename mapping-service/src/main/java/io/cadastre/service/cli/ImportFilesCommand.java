/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.FindingJson;
import io.cadastre.service.api.ImportJson;
import io.cadastre.service.api.ImportedJson;
import io.cadastre.service.api.NodeFileJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.cli.ServiceCommand.Action;
import io.cadastre.service.file.GivenFile;
import io.cadastre.subid.IdType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code import-files [--apply [--block]] [NODE=]FILE...}: validates files of nodes. With {@code
 * --apply} it imports the valid ranges unchanged. Exits 65 if a finding is an error.
 */
final class ImportFilesCommand implements Action {
  private static final String REASON = "import-files";

  /** In bytes; a file of 500,000 rows has half of it. */
  private static final int MOST = 32 << 20;

  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("file")
        .nargs("+")
        .metavar("[NODE=]FILE")
        .help(
            "copies of /etc/subuid and /etc/subgid. The name gives the type and the node, as in"
                + " node1.subuid. Without a node in the name, the folder gives it. NODE= overrides"
                + " both.");
    parser
        .addArgument("--apply")
        .action(Arguments.storeTrue())
        .help("import the valid ranges unchanged; without it nothing is changed");
    parser
        .addArgument("--block")
        .action(Arguments.storeTrue())
        .help("with --apply, block the slots of local rows that lie in a pool");
    parser
        .addArgument("--accounts")
        .metavar("FILE")
        .help(
            "the accounts of the rows, as \"getent passwd\" prints them; needed where"
                + " identity.source is caller, and only there");
    parser
        .addArgument("--failures-only")
        .dest("failuresOnly")
        .action(Arguments.storeTrue())
        .help("print only the findings that are errors");
    JsonOption.add(parser, "print the result as JSON");
    DryRunOption.add(parser, "change nothing, even with --apply");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    List<String> names = arguments.getList("file");
    boolean dryRun = !arguments.getBoolean("apply") || DryRunOption.isGiven(arguments);
    ImportedJson imported =
        service.post(
            Paths.admin(Paths.IMPORT),
            dryRun,
            new ImportJson(
                Optional.of(REASON),
                Optional.of(names.stream().map(ImportFilesCommand::file).toList()),
                Optional.ofNullable(arguments.getString("accounts")).map(PasswdFile::accounts),
                Optional.of(arguments.getBoolean("block"))),
            ImportedJson.class);
    List<FindingJson> errors = imported.findings().stream().filter(FindingJson::fails).toList();
    ImportedJson shown =
        new ImportedJson(
            imported.pins(),
            imported.blocks(),
            arguments.getBoolean("failuresOnly") ? errors : imported.findings());
    if (JsonOption.isGiven(arguments)) {
      Output.exact(JsonForm.pretty(shown));
    } else {
      print(shown, dryRun);
    }
    Output.notice(
        "%d owners %s, %d local rows %s, %d findings, %d of them errors"
            .formatted(
                imported.pins().size(),
                dryRun ? "would be pinned" : "pinned",
                imported.blocks().size(),
                dryRun ? "would be blocked" : "blocked",
                imported.findings().size(),
                errors.size()));
    if (!errors.isEmpty()) {
      throw new CommandFailed(CommandStatus.REFUSED, "");
    }
  }

  private static void print(ImportedJson imported, boolean dryRun) {
    imported.findings().forEach(finding -> Output.line(Lines.finding(finding)));
    imported
        .pins()
        .forEach(
            pin ->
                Output.line(
                    "%s %s: subuid %s, subgid %s"
                        .formatted(
                            dryRun ? "would pin" : "pinned",
                            Lines.owner(pin.owner()),
                            Lines.range(pin.subuid()),
                            Lines.range(pin.subgid()))));
    imported
        .blocks()
        .forEach(
            block ->
                Output.line(
                    "%s %s %s: %s"
                        .formatted(
                            dryRun ? "would block" : "blocked",
                            block.type(),
                            Lines.range(block.range()),
                            block.source())));
  }

  static NodeFileJson file(String argument) {
    int equals = argument.indexOf('=');
    boolean named = equals > 0 && argument.lastIndexOf('/', equals) < 0;
    Path path = Path.of(named ? argument.substring(equals + 1) : argument);
    String node = named ? argument.substring(0, equals) : node(path);
    try {
      return NodeFileJson.of(node, type(path), GivenFile.bytes(path, MOST));
    } catch (IOException e) {
      throw new CommandFailed(CommandStatus.NO_INPUT, path + " cannot be read: " + e, e);
    }
  }

  /**
   * The node: the rest of the file's name beside the type, as in {@code node1.subuid}, or the name
   * of its folder. The ending of a copy is not a node.
   */
  private static String node(Path file) {
    String rest =
        String.valueOf(file.getFileName())
            .replaceFirst(type(file).word(), "")
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

  private static IdType type(Path file) {
    String name = String.valueOf(file.getFileName());
    for (IdType type : IdType.values()) {
      if (name.contains(type.word())) {
        return type;
      }
    }
    throw new CommandFailed(
        CommandStatus.REFUSED,
        file + ": the name must say whether it is a subuid or a subgid file, as in node1.subuid");
  }
}
