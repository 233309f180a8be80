/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.subid.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of {@code cadastre-node} for picocli. */
@Command(
    name = "cadastre-node",
    description = "Serves the subordinate IDs of the registry on this node.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    exitCodeOnInvalidInput = ExitStatus.USAGE,
    versionProvider = CommandTree.Versions.class,
    synopsisSubcommandLabel = "COMMAND")
public final class CommandTree {
  private static final Map<String, Supplier<Object>> SUBCOMMANDS = subcommands();

  private CommandTree() {}

  /** Reads the version only when it is asked for. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"cadastre-node " + Version.text()};
    }
  }

  /** Parses the arguments and runs the command; returns its exit status. */
  static int run(String[] args, Terminal terminal) {
    return commandLine(args)
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setParameterExceptionHandler((e, all) -> report(e, terminal))
        .setExecutionExceptionHandler((e, command, parsed) -> Main.report(e, terminal))
        .execute(args);
  }

  /** Prints what picocli would print, with the words of the command line escaped. */
  private static int report(ParameterException e, Terminal terminal) {
    terminal.warning(String.valueOf(e.getMessage()));
    if (!UnmatchedArgumentException.printSuggestions(e, terminal.err())) {
      e.getCommandLine().usage(terminal.err());
    }
    return ExitStatus.USAGE;
  }

  /** The command with all subcommands. */
  public static CommandLine commandLine() {
    return commandLine(new String[0]);
  }

  /**
   * If the arguments begin with the name of a subcommand, only that one is added: picocli would
   * need more time to read all of them than a sync takes.
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
    all.put("heads", HeadsCommand::new);
    all.put("getsubids", GetSubidsCommand::new);
    all.put("who", WhoCommand::new);
    all.put("check", CheckCommand::new);
    all.put("storage-conf", StorageConfCommand::new);
    all.put("plugin", PluginCommand::new);
    all.put("leave", LeaveCommand::new);
    return all;
  }
}
