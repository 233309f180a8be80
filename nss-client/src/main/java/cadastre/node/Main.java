/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

import cadastre.node.failure.ExitStatus;
import cadastre.node.failure.NodeFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command {@code cadastre-node}. */
@Command(
    name = "cadastre-node",
    description = "Renders the registry's subordinate IDs on this node.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    exitCodeOnInvalidInput = ExitStatus.USAGE,
    version = "cadastre-node 0.1.0",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private static final Map<String, Supplier<Object>> SUBCOMMANDS = subcommands();

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    int status =
        run(
            args,
            new PrintWriter(System.out, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, false, StandardCharsets.UTF_8));
    System.exit(status);
  }

  /**
   * Runs the command in this process.
   *
   * @param out where results go
   * @param err where warnings and errors go
   * @return one of {@link ExitStatus}
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    try {
      return commandLine(args)
          .setOut(out)
          .setErr(err)
          .setExecutionExceptionHandler((e, command, parsed) -> report(e, command.getErr()))
          .execute(args);
    } finally {
      out.flush();
      err.flush();
    }
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
    CommandLine main = new CommandLine(new Main());
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

  private static int report(Exception e, PrintWriter err) {
    if (e instanceof NodeFailure failure) {
      err.println("cadastre-node: " + failure.getMessage());
      return failure.exitStatus();
    }
    if (e instanceof IOException) {
      err.println("cadastre-node: input or output failed: " + e);
      return ExitStatus.IO_ERROR;
    }
    err.println("cadastre-node: this is a defect, please report it");
    e.printStackTrace(err);
    return ExitStatus.SOFTWARE;
  }
}
