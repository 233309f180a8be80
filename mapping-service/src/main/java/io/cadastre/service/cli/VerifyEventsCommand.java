/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import static java.util.stream.Collectors.joining;

import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.HeadsReport;
import io.cadastre.service.event.SeenHead;
import io.cadastre.service.event.SeenHeads;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.file.GivenFile;
import io.cadastre.service.registry.OfflineCommands;
import io.cadastre.subid.ShellWord;
import io.dropwizard.core.setup.Bootstrap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * {@code events verify FILE [--heads FILE...]}, or {@code --config CONFIG} for the ledger of a
 * service that is stopped: checks the chain, and holds the log against what nodes were told of it.
 * The chain alone shows no edit by who can compute hashes.
 */
final class VerifyEventsCommand {
  private static final String HEADS = "heads";

  /** So many ledgers are named. */
  private static final int MOST = 5;

  private VerifyEventsCommand() {}

  static void arguments(Subparser parser) {
    parser.addArgument("file").metavar("FILE").nargs("?").help("the export");
    parser
        .addArgument("--config")
        .metavar("CONFIG")
        .help("instead of an export: the ledger of this configuration; service stopped");
    parser
        .addArgument("--heads")
        .metavar("FILE")
        .nargs("+")
        .action(Arguments.append())
        .help(
            "lines that nodes print by \"cadastre-node heads\"; exit 65 if the log is not what they"
                + " saw");
  }

  /** Reads the log, once for each call. */
  private interface Log {
    void read(Consumer<Stream<String>> work);
  }

  static void run(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
    @Nullable String file = arguments.getString("file");
    @Nullable String config = arguments.getString("config");
    if ((file == null) == (config == null)) {
      throw new CommandFailed(
          CommandStatus.USAGE, "name either an export or --config, and --heads behind it");
    }
    Optional<SeenHeads> heads =
        Optional.ofNullable(arguments.<List<List<String>>>get(HEADS))
            .map(lists -> collect(lists.stream().flatMap(List::stream).toList()));
    if (file != null) {
      if (heads.isPresent()) {
        requireNoPipe(file);
      }
      verify(work -> EventsCommand.read(file, work), heads);
    } else if (config != null) {
      OfflineLedger.open(
          OfflineLedger.configuration(bootstrap, config),
          "events verify --config " + ShellWord.of(config),
          ledger -> verify(work -> readAll(ledger, work), heads));
    }
  }

  /** A pipe is empty when it is read again, and an empty log fits no head. */
  private static void requireNoPipe(String file) {
    if (GivenFile.isReadOnce(Path.of(file))) {
      throw new CommandFailed(
          CommandStatus.USAGE,
          "%s is no regular file, and with --heads the export is read twice; write it to a file first: cadastre events export >log.ndjson"
              .formatted(file));
    }
  }

  private static void readAll(OfflineCommands ledger, Consumer<Stream<String>> work) {
    boolean unused =
        ledger.exported(
            lines -> {
              work.accept(lines);
              return true;
            });
  }

  private static void verify(Log log, Optional<SeenHeads> heads) {
    if (heads.isEmpty()) {
      log.read(VerifyEventsCommand::verifyChain);
      return;
    }
    boolean chained = true;
    try {
      log.read(VerifyEventsCommand::verifyChain);
    } catch (Refused e) {
      Output.line("error events: " + e.getMessage());
      chained = false;
    }
    SeenHeads.Comparison comparison = heads.get().comparison();
    log.read(lines -> lines.forEach(line -> take(comparison, line)));
    boolean fits = print(comparison.report(), heads.get());
    if (!fits || !chained) {
      throw new CommandFailed(CommandStatus.FINDINGS, "");
    }
  }

  private static void verifyChain(Stream<String> lines) {
    EventsCommand.say("verified", OfflineCommands.verify(lines, EventsCommand::say));
  }

  /** A line that is no event breaks the chain, which was said; the other lines are compared. */
  private static void take(SeenHeads.Comparison comparison, String line) {
    try {
      comparison.take(EventJson.read(line));
    } catch (IllegalArgumentException e) {
      return; // verifyChain has said so
    }
  }

  /** Prints the result; returns whether the log is what nodes saw. */
  private static boolean print(HeadsReport report, SeenHeads heads) {
    Optional<String> contradiction = report.contradiction();
    if (contradiction.isPresent()) {
      Output.line("error heads: " + contradiction.get());
    } else if (report.fitting() == 0) {
      Output.line(
          "error heads: none of the %d heads is of ledger %s, but of %s: nothing proves this log"
              .formatted(heads.count(), report.ledger(), names(heads.ledgers())));
    } else {
      Output.notice(
          "%d heads of %d nodes: events 1 to %d are as they were seen, and %d later events have no head"
              .formatted(
                  heads.count(),
                  heads.nodes().size(),
                  report.provenUpTo(),
                  report.lastEvent() - report.provenUpTo()));
    }
    if (report.fitting() > 0 && heads.ledgers().size() > 1) {
      Output.notice(
          "the heads are of several ledgers, and only those of %s were compared: %s"
              .formatted(report.ledger(), names(heads.ledgers())));
    }
    return report.good();
  }

  private static String names(Set<UUID> ledgers) {
    return ledgers.stream().map(UUID::toString).sorted().limit(MOST).collect(joining(", "));
  }

  /** Reads the heads of all files. What is no head, as a message of ssh, is counted and said. */
  private static SeenHeads collect(List<String> files) {
    SeenHeads heads = new SeenHeads();
    for (String file : files) {
      String name =
          Optional.ofNullable(Path.of(file).getFileName()).map(Path::toString).orElse(file);
      EventsCommand.read(file, lines -> collect(lines, file, name, heads));
    }
    if (heads.count() == 0) {
      throw new CommandFailed(
          CommandStatus.REFUSED,
          "no line of --heads is a head: pass the output of \"cadastre-node heads\" of your nodes");
    }
    return heads;
  }

  private static void collect(Stream<String> lines, String file, String name, SeenHeads heads) {
    List<Long> others = new ArrayList<>();
    AtomicLong number = new AtomicLong();
    lines.forEach(
        line -> {
          number.incrementAndGet();
          Optional<SeenHead> seen = SeenHead.parse(line, name);
          seen.ifPresent(heads::add);
          if (seen.isEmpty() && !line.isBlank()) {
            others.add(number.get());
          }
        });
    if (!others.isEmpty()) {
      Output.notice(
          "%s: passed over what is no head; such lines: %d, the first: %d"
              .formatted(file, others.size(), others.get(0)));
    }
  }
}
