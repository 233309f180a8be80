/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.file.GivenFile;
import io.cadastre.service.registry.OfflineCommands;
import io.cadastre.subid.Finding;
import io.cadastre.subid.ShellWord;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/**
 * {@code events export > FILE}, {@code events verify FILE [--heads FILE...]}, {@code events replay
 * CONFIG FILE [--dry-run]}: the archive of a ledger, as NDJSON; {@code events settle CONFIG
 * --reason WHY}: its tables written anew from its events.
 */
public final class EventsCommand extends Command {
  /** In characters; an event has a few thousand. */
  private static final int LONGEST_LINE = 1 << 20;

  /** The command. */
  public EventsCommand() {
    super("events", "Export, verify or replay the ledger's events, or settle its tables by them");
  }

  @Override
  public void configure(Subparser parser) {
    Subparsers what = parser.addSubparsers().dest("what").metavar("WHAT");
    Subparser export = what.addParser("export").help("write all events to standard output");
    ServiceCommand.addUrl(export);
    VerifyEventsCommand.arguments(
        what.addParser("verify").help("check a log's chain, and hold it against what nodes saw"));
    Subparser replay = what.addParser("replay").help("make a ledger from an export");
    replay.addArgument("config").metavar("CONFIG").help("the service's configuration file");
    replay.addArgument("file").metavar("FILE").help("the export");
    DryRunOption.add(replay, "say what would be replayed, and make no ledger");
    SettleCommand.arguments(
        what.addParser("settle").help("make the tables what the events say; service stopped"));
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
    switch (arguments.getString("what")) {
      case "export" -> export(ServiceCommand.client(arguments));
      case "verify" -> VerifyEventsCommand.run(bootstrap, arguments);
      case "settle" -> SettleCommand.run(bootstrap, arguments);
      default ->
          replay(
              OfflineLedger.configuration(bootstrap, arguments.getString("config")),
              arguments.getString("file"),
              DryRunOption.isGiven(arguments));
    }
  }

  private static void export(ServiceClient service) {
    EventPages.read(service, Map.of(), event -> Output.exact(EventJson.write(event)));
  }

  private static void replay(CadastreConfiguration configuration, String file, boolean dryRun)
      throws Exception {
    String command =
        "events replay %s %s".formatted(ShellWord.of(configuration.file()), ShellWord.of(file));
    if (!dryRun) {
      OfflineLedger.prepare(
          configuration,
          command,
          ledger -> {
            read(file, lines -> say("replayed", ledger.replay(lines)));
            OfflineLedger.sayIfNothingIsRemembered(ledger);
            Output.notice("the ledger has no tokens: events hold no credentials. Make new ones");
          });
      return;
    }
    if (OfflineLedger.exists(configuration)) {
      OfflineLedger.open(configuration, command, OfflineCommands::requireFresh);
    }
    OfflineCommands.scratch(
        scratch -> read(file, lines -> say("would replay", scratch.replay(lines))));
  }

  /** Passes the lines of a file to the work. */
  static void read(String file, Consumer<Stream<String>> work) {
    try (Stream<String> lines = GivenFile.lines(Path.of(file), LONGEST_LINE)) {
      work.accept(lines);
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, Objects.requireNonNull(e.getCause()));
    }
  }

  private static CommandFailed unreadable(String file, IOException e) {
    return e instanceof CharacterCodingException
        ? new CommandFailed(CommandStatus.REFUSED, file + " is not UTF-8", e)
        : new CommandFailed(CommandStatus.NO_INPUT, file + " cannot be read: " + e, e);
  }

  /** Prints what is odd about a log and no error. */
  static void say(Finding finding) {
    Output.notice(finding.severity().word() + " " + finding.message());
  }

  /** Prints what was done with a whole log. */
  static void say(String done, LedgerHead head) {
    Output.notice(
        "%s %d events of ledger %s up to serial %d; the last hash is %s"
            .formatted(done, head.lastEvent(), head.uuid(), head.serial(), head.hash()));
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // FailureReport prints it
  }
}
