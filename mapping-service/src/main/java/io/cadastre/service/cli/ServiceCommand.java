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
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** A command that asks the running service. */
public final class ServiceCommand extends Command {
  private final Action action;

  /** What a command takes and does. */
  interface Action {
    /** Adds what the command takes. */
    void arguments(Subparser parser);

    /**
     * Does it.
     *
     * @throws CommandFailed if it cannot be done
     */
    void run(Namespace arguments, ServiceClient service);
  }

  private ServiceCommand(String name, String description, Action action) {
    super(name, description);
    this.action = action;
  }

  /** All of them. */
  public static List<Command> all() {
    return List.of(
        new ServiceCommand("allocate", "Give accounts their ranges", new AllocateCommand()),
        new ServiceCommand(
            "retire", "Close owners' ranges until they ask again", new RetireCommand()),
        new ServiceCommand("supersede", "Move an owner to a new range", new SupersedeCommand()),
        new ServiceCommand(
            "rebind", "Tie owners to their accounts' new stable ids", new RebindCommand()),
        new ServiceCommand(
            "reconcile", "Compare the directory with the ledger", new ReconcileCommand()),
        new ServiceCommand(
            "dismiss-entry",
            "Let an entry of the directory hold no pool",
            new DismissEntryCommand()),
        new ServiceCommand("follow", "Read all accounts now and follow them", new FollowCommand()),
        new ServiceCommand(
            "import-files", "Pin the ranges that nodes have", new ImportFilesCommand()),
        new ServiceCommand(
            "verify", "Hold the ledger against its events", new VerifyLedgerCommand()),
        new ServiceCommand("audit", "Run the audit and print its findings", new AuditCommand()),
        new ServiceCommand("who", "Say whose range holds an ID", new IdOwnerCommand()));
  }

  @Override
  public void configure(Subparser subparser) {
    addUrls(subparser);
    action.arguments(subparser);
  }

  /** Adds where the service is. */
  static void addUrls(Subparser subparser) {
    subparser
        .addArgument("--url")
        .metavar("URL")
        .setDefault(environment("CADASTRE_URL", "http://127.0.0.1:8080"))
        .help("the service; CADASTRE_URL, or http://127.0.0.1:8080");
    subparser
        .addArgument("--admin-url")
        .metavar("URL")
        .dest("adminUrl")
        .setDefault(environment("CADASTRE_ADMIN_URL", "http://127.0.0.1:8081"))
        .help("its admin connector; CADASTRE_ADMIN_URL, or http://127.0.0.1:8081");
  }

  private static String environment(String variable, String otherwise) {
    return Objects.requireNonNullElse(System.getenv(variable), otherwise);
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace namespace) {
    action.run(namespace, client(namespace));
  }

  /** The service at those URLs. */
  static ServiceClient client(Namespace namespace) {
    return new ServiceClient(namespace.getString("url"), namespace.getString("adminUrl"));
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // Failures says it
  }
}
