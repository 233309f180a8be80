/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.manual;

import io.cadastre.service.CadastreApplication;
import io.cadastre.service.cli.CommandList;
import io.cadastre.subid.ExitCode;
import io.cadastre.subid.ManText;
import io.dropwizard.core.cli.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.ArgumentParsers;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/** Writes the manual pages and the bash completion of {@code cadastre}. The build runs it. */
public final class ServiceManual {
  private static final String PROGRAM = "cadastre";

  /** In characters: no line of a help text is broken. */
  private static final int WIDTH = 10_000;

  private ServiceManual() {}

  /** Writes {@code man1} and {@code bash-completion} below the folder given as the argument. */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]));
  }

  /** Writes all pages below {@code folder}. */
  static void write(Path folder) throws IOException {
    List<CommandHelp> commands = commands();
    List<CommandHelp> first = commands.stream().filter(c -> c.words().size() == 1).toList();
    write(folder.resolve("man1/cadastre.1"), programPage(first));
    for (CommandHelp command : commands) {
      write(folder.resolve("man1/" + title(command.words()) + ".1"), page(command));
    }
    write(folder.resolve("bash-completion/cadastre"), BashCompletion.of(PROGRAM, commands));
  }

  /** All commands, and after each its subcommands. */
  static List<CommandHelp> commands() {
    ArgumentParser program = program();
    List<CommandHelp> all = new ArrayList<>();
    for (Command command : CommandList.all(new CadastreApplication())) {
      CommandHelp help =
          CommandHelp.of(program, command.getDescription(), List.of(command.getName()));
      all.add(help);
      help.commands()
          .forEach(
              (name, purpose) ->
                  all.add(CommandHelp.of(program, purpose, List.of(command.getName(), name))));
    }
    return all;
  }

  /** The parser of the command line, as Dropwizard's Cli builds it, for wide help texts. */
  static ArgumentParser program() {
    ArgumentParser program =
        ArgumentParsers.newFor(PROGRAM)
            .addHelp(false)
            .defaultFormatWidth(WIDTH)
            .terminalWidthDetection(false)
            .build();
    Subparsers subparsers = program.addSubparsers();
    for (Command command : CommandList.all(new CadastreApplication())) {
      Subparser subparser = subparsers.addParser(command.getName());
      command.configure(subparser);
    }
    return program;
  }

  private static String programPage(List<CommandHelp> commands) {
    ManText page = new ManText(PROGRAM, 1);
    page.name(PROGRAM, "the registry of subordinate IDs: its service and its commands");
    page.synopsis(PROGRAM, "COMMAND ...");
    page.section("DESCRIPTION");
    page.paragraph(
        "Runs the service, or a command of an admin. Most commands ask the running service at"
            + " --url; those with the argument CONFIG or FILE work on the service's files, and the"
            + " service must be stopped for them.");
    page.section("COMMANDS");
    for (CommandHelp command : commands) {
      page.entry(
          String.join(" ", command.words()),
          command.description() + ". See " + title(command.words()) + "(1).");
    }
    return finished(page);
  }

  private static String page(CommandHelp command) {
    String title = title(command.words());
    ManText page = new ManText(title, 1);
    page.name(title, lowered(command.description()));
    page.synopsis(PROGRAM + " " + String.join(" ", command.words()), command.synopsis());
    page.section("DESCRIPTION");
    page.paragraph(raised(command.description()) + ".");
    page.section("OPTIONS");
    command.options().forEach(page::entry);
    if (!command.commands().isEmpty()) {
      page.section("COMMANDS");
      for (Map.Entry<String, String> each : command.commands().entrySet()) {
        page.entry(
            each.getKey(), each.getValue() + ". See " + title + "-" + each.getKey() + "(1).");
      }
    }
    return finished(page);
  }

  private static String finished(ManText page) {
    page.section("EXIT STATUS");
    Stream.of(ExitCode.values())
        .forEach(exit -> page.entry(Integer.toString(exit.code()), exit.meaning()));
    page.section("ENVIRONMENT");
    page.entry("CADASTRE_URL", "The service, for commands without --url.");
    page.entry(
        "CADASTRE_TOKEN_FILE",
        "The file with the token, for commands without --token-file. Only its owner may read it.");
    page.section("FILES");
    page.entry("~/.config/cadastre/token", "The file with the token, for commands without either.");
    page.section("SEE ALSO");
    page.words("cadastre(1), cadastre-node(1), subuid(5), subgid(5)");
    return page.toString();
  }

  private static String title(List<String> words) {
    return PROGRAM + "-" + String.join("-", words);
  }

  private static String lowered(String phrase) {
    return phrase.substring(0, 1).toLowerCase(Locale.ROOT) + phrase.substring(1);
  }

  private static String raised(String phrase) {
    return phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
