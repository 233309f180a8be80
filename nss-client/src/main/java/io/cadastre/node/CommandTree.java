/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of {@code cadastre-node}, as picocli knows it. */
@Command(
    name = "cadastre-node",
    description = "Renders the registry's subordinate IDs on this node.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    exitCodeOnInvalidInput = ExitStatus.USAGE,
    version = "cadastre-node 0.1.0",
    synopsisSubcommandLabel = "COMMAND")
public final class CommandTree {
  private static final Map<String, Supplier<Object>> SUBCOMMANDS = subcommands();

  private CommandTree() {}

  /** Runs what these arguments say. */
  static int run(String[] args, Terminal terminal) {
    return commandLine(args)
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setParameterExceptionHandler((e, all) -> report(e, terminal))
        .setExecutionExceptionHandler((e, command, parsed) -> Main.report(e, terminal))
        .execute(args);
  }

  /** As picocli says it, but for the words of the command line, which are printed escaped. */
  private static int report(ParameterException e, Terminal terminal) {
    terminal.warning(String.valueOf(e.getMessage()));
    if (!UnmatchedArgumentException.printSuggestions(e, terminal.err())) {
      e.getCommandLine().usage(terminal.err());
    }
    return ExitStatus.USAGE;
  }

  /** The command and its subcommands, as picocli knows them. */
  public static CommandLine commandLine() {
    return commandLine(new String[0]);
  }

  /**
   * For a command line that begins with a subcommand's name, that subcommand alone: to describe
   * them all to picocli would take longer than a sync.
   */
  private static CommandLine commandLine(String[] args) {
    CommandLine main = new CommandLine(new CommandTree());
    boolean named = args.length > 0 && SUBCOMMANDS.containsKey(args[0]);
    SUBCOMMANDS.forEach(
        (name, subcommand) -> {
          if (!named || name.equals(args[0])) {
            main.addSubcommand(name, subcommand.get());
          }
        });
    return main;
  }

  private static Map<String, Supplier<Object>> subcommands() {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("sync", SyncCommand::new);
    all.put("verify", VerifyCommand::new);
    all.put("status", StatusCommand::new);
    all.put("getsubids", GetSubidsCommand::new);
    all.put("who", WhoCommand::new);
    all.put("check", CheckCommand::new);
    all.put("storage-conf", StorageConfCommand::new);
    return all;
  }
}
