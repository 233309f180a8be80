/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.util.List;
import java.util.Objects;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** A command that asks the running service. */
public final class ServiceCommand extends Command {
  private static final String ADMIN_URL = "--admin-url";

  private final Action action;

  /** The arguments and the work of a command. */
  interface Action {
    /** Adds the options and arguments of the command. */
    void arguments(Subparser parser);

    /**
     * Runs the command.
     *
     * @throws CommandFailed if it cannot be done
     */
    void run(Namespace arguments, ServiceClient service);
  }

  private ServiceCommand(String name, String description, Action action) {
    super(name, description);
    this.action = action;
  }

  /** All commands that ask the service. */
  public static List<Command> all() {
    return List.of(
        new ServiceCommand("allocate", "Give accounts their ranges", new AllocateCommand()),
        new ServiceCommand(
            "retire", "Retire owners; a new request reinstates the range", new RetireCommand()),
        new ServiceCommand("supersede", "Move an owner to a new range", new SupersedeCommand()),
        new ServiceCommand(
            "rebind", "Tie owners to their accounts' new stable IDs", new RebindCommand()),
        new ServiceCommand(
            "reconcile", "Compare the directory with the ledger", new ReconcileCommand()),
        new ServiceCommand(
            "dismiss-entry",
            "Dismiss a directory entry that blocks a pool",
            new DismissEntryCommand()),
        new ServiceCommand("follow", "Read all accounts now and follow them", new FollowCommand()),
        new ServiceCommand(
            "import-files",
            "Import the valid ranges of node files unchanged",
            new ImportFilesCommand()),
        new ServiceCommand(
            "plan", "Print which counts and segments carry a site", new PlanCommand()),
        new ServiceCommand(
            "verify", "Compare the ledger with its events", new VerifyLedgerCommand()),
        new ServiceCommand("audit", "Run the audit and print its findings", new AuditCommand()),
        new ServiceCommand("who", "Print the owner of an ID", new IdOwnerCommand()),
        new ServiceCommand("owner", "Print an owner's range and history", new OwnerCommand()),
        new ServiceCommand("pools", "Print how full the pools are", new PoolsCommand()),
        new ServiceCommand("nodes", "Print what nodes say that they serve", new NodesCommand()));
  }

  @Override
  public void configure(Subparser subparser) {
    addUrl(subparser);
    action.arguments(subparser);
  }

  /** Adds the option that says where the service is. */
  static void addUrl(Subparser subparser) {
    subparser
        .addArgument("--url")
        .metavar("URL")
        .setDefault(environment("CADASTRE_URL", "http://127.0.0.1:8080"))
        .help("the service; CADASTRE_URL, or http://127.0.0.1:8080");
    TokenFileOption.add(subparser);
    TlsOptions.add(subparser);
    subparser.addArgument(ADMIN_URL).dest(ADMIN_URL).metavar("URL").help(Arguments.SUPPRESS);
  }

  private static String environment(String variable, String otherwise) {
    return Objects.requireNonNullElse(System.getenv(variable), otherwise);
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace namespace) {
    action.run(namespace, client(namespace));
  }

  /**
   * The service at the URL.
   *
   * @throws CommandFailed if the command line has the former option --admin-url
   */
  static ServiceClient client(Namespace namespace) {
    if (namespace.getString(ADMIN_URL) != null) {
      throw new CommandFailed(
          CommandStatus.USAGE,
          "%s is no option any more: every command uses --url; leave it out".formatted(ADMIN_URL));
    }
    String url = namespace.getString("url");
    return new ServiceClient(
        url, TokenFileOption.token(namespace, url), TlsOptions.context(namespace));
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // FailureReport prints it
  }
}
