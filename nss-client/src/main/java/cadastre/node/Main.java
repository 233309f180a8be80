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
    subcommands = {
      SyncCommand.class,
      VerifyCommand.class,
      StatusCommand.class,
      GetSubidsCommand.class,
      WhoCommand.class,
      CheckCommand.class,
      StorageConfCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

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
      return commandLine()
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
    return new CommandLine(new Main());
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
