/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.ledger.TestArchive;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.EventHead;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code events verify --heads}: a log that was edited, cut or reordered after nodes saw it, by
 * somebody who can compute every hash.
 */
class SeenHeadsTest {
  private static final int OWNERS = 300;
  private static final Instant SEEN = Instant.parse("2026-11-27T15:00:00Z");

  @TempDir static Path folder;
  private static TestLedger ledger;
  private static List<String> log;

  @BeforeAll
  static void makeLog() {
    ledger = TestLedger.inMemory();
    for (int slot = 0; slot < OWNERS; slot++) {
      grant(slot);
    }
    log = TestArchive.of(ledger.ledger());
    assertThat(log).hasSize(OWNERS + 2); // the ledger and its pool
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  private static void grant(int slot) {
    IdRange range = new IdRange(1001062400 + 65536L * slot, 65536);
    Owner owner =
        new Owner("s" + slot, new OwnerName("u" + slot), 1000 + slot, 100, Optional.empty());
    Allocation wanted =
        new Allocation(
            UUID.randomUUID(),
            owner,
            Optional.of("default"),
            range,
            range,
            AllocationState.ACTIVE,
            0);
    Allocation unused =
        ledger
            .ledger()
            .change(
                transaction ->
                    transaction.grant(
                        wanted,
                        OptionalLong.of(slot),
                        EventKind.ALLOCATE,
                        AuditContext.service("ada", "a test")));
  }

  private static Witness witness(List<String> lines, int number) {
    Event event = EventJson.read(lines.get(number - 1));
    return new Witness(ledger.ledger().head().uuid(), new EventHead(number, event.hash()), SEEN);
  }

  /** What a node that saw these events prints. */
  private static String heads(String node, List<String> lines, int... numbers) {
    StringBuilder text = new StringBuilder();
    for (int number : numbers) {
      text.append(node).append(' ').append(witness(lines, number)).append('\n');
    }
    return text.toString();
  }

  private static String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static CommandLine verify(List<String> lines, String... heads) throws IOException {
    String export = file("export", lines.stream().map(l -> l + "\n").collect(Collectors.joining()));
    List<String> words = new ArrayList<>(List.of("events", "verify", export));
    int number = 0;
    for (String each : heads) {
      words.addAll(List.of("--heads", file("heads" + ++number, each)));
    }
    return CommandLine.run(words.toArray(String[]::new));
  }

  /** Makes another log of it, with correct numbers and hashes. */
  private static List<String> resealed(List<String> lines) {
    return TestArchive.sealed(lines, line -> line);
  }

  private static String hash(List<String> lines, int number) {
    return witness(lines, number).head().hash();
  }

  @Test
  void unchangedLogFitsAllHeads() throws IOException {
    CommandLine ran =
        verify(log, heads("node17", log, 3, 100, 250), heads("node18", log, 100, 300));

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("verified 302 events")
        .contains(
            "5 heads of 2 nodes: events 1 to 300 are as they were seen, and 2 later events have no"
                + " head");
  }

  /** As in {@code events verify <(cadastre events export) --heads FILE}. */
  @Test
  void aPipeIsNotTakenForAnEmptyLog() throws Exception {
    String pipe = folder.resolve("pipe").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();

    CommandLine ran =
        CommandLine.run(
            "events", "verify", pipe, "--heads", file("heads", heads("node17", log, 3)));

    assertThat(ran.status()).isEqualTo(64);
    assertThat(ran.err()).contains(pipe + " is no regular file", "export >log.ndjson");
  }

  @Test
  void editedActorIsFoundBetweenTwoHeads() throws IOException {
    List<String> edited = new ArrayList<>(log);
    edited.set(149, log.get(149).replace("\"service:ada\"", "\"service:eve\""));
    edited = resealed(edited);
    assertThat(edited.get(149)).contains("\"actor\":\"service:eve\"");

    assertThat(verify(edited).status()).as("the chain alone").isZero();
    CommandLine ran = verify(edited, heads("node17", log, 20, 140), heads("node18", log, 160, 302));

    assertThat(ran.status()).isEqualTo(65);
    assertThat(ran.err()).contains("verified 302 events");
    assertThat(ran.out())
        .isEqualTo(
            "error heads: node18 saw event 160 with the hash %s at %s; in the log it has the hash %s. Event 140 is as node17 saw it at %s: the log was changed after that and up to event 160, that is, an event was edited, exchanged or removed, or the ledger was restored.\n"
                .formatted(hash(log, 160), SEEN, hash(edited, 160), SEEN));
  }

  @Test
  void editOfTheWitnessedEventItselfIsFound() throws IOException {
    List<String> edited = new ArrayList<>(log);
    edited.set(301, log.get(301).replace("\"service:ada\"", "\"service:eve\""));
    edited = resealed(edited);

    assertThat(verify(edited, heads("node17", log, 301)).status()).isZero();
    CommandLine ran = verify(edited, heads("node17", log, 302));
    assertThat(ran.status()).isEqualTo(65);
    assertThat(ran.out()).contains("No earlier witness fits", "in event 302 or an earlier one");
  }

  @Test
  void cutLogIsFoundWhereItEnds() throws IOException {
    List<String> cut = log.subList(0, 202);

    CommandLine ran = verify(cut, heads("node17", log, 120, 190, 280, 302));

    assertThat(ran.status()).isEqualTo(65);
    assertThat(ran.out())
        .contains(
            "node17 saw event 280 ",
            "the log ends at event 202",
            "Event 190 is as node17 saw it",
            "up to event 280",
            "cut or restored after event 202 at the latest");
  }

  @Test
  void exchangedEventsAreFoundAlthoughTheChainIsBrokenToo() throws IOException {
    List<String> exchanged = new ArrayList<>(log);
    exchanged.set(99, log.get(100));
    exchanged.set(100, log.get(99));

    CommandLine raw = verify(exchanged, heads("node17", log, 90, 100, 150));
    assertThat(raw.status()).isEqualTo(65);
    assertThat(raw.out()).contains("error events: line 100 of the archive is refused");

    CommandLine sealed = verify(resealed(exchanged), heads("node17", log, 90, 100, 150));
    assertThat(sealed.status()).isEqualTo(65);
    assertThat(sealed.out())
        .contains("node17 saw event 100 ", "Event 90 is as", "up to event 100,");
  }

  /** An old backup, and then what reconcile --adopt took over from the directory. */
  @Test
  void adoptEventsAfterACutAreNamed() throws IOException {
    List<String> adopted =
        resealed(
            Stream.concat(
                    log.subList(0, 202).stream(),
                    log.subList(202, 302).stream()
                        .map(l -> l.replace("\"kind\":\"allocate\"", "\"kind\":\"adopt\"")))
                .toList());
    assertThat(verify(adopted).status()).isZero();

    CommandLine ran =
        verify(adopted, heads("node17", log, 190, 280), heads("node18", adopted, 302));

    assertThat(ran.status()).isEqualTo(65);
    assertThat(ran.out())
        .contains(
            "cut or restored after event 202 at the latest, since event 203 is an adopt event",
            "It already was as it is now when node18 saw event 302 at 2026-11-27T15:00:00Z");
  }

  @Test
  void headsOfAnotherLedgerProveNothing() throws IOException {
    String other =
        heads("node17", log, 20)
            .replace(
                ledger.ledger().head().uuid().toString(), "00000000-0000-0000-0000-00000000000a");

    CommandLine alone = verify(log, other);
    assertThat(alone.status()).isEqualTo(65);
    assertThat(alone.out()).contains("none of the 1 heads is of ledger", "000a: nothing proves");
    CommandLine both = verify(log, other, heads("node18", log, 20));
    assertThat(both.status()).isZero();
    assertThat(both.err()).contains("the heads are of several ledgers");
  }

  @Test
  void filesOfNodesAndLinesOfPdshAreRead() throws IOException {
    String kept = witness(log, 100).line() + "\n" + witness(log, 200).line().substring(0, 50);
    String pdsh =
        "node18: " + heads("node18", log, 150) + "ssh: connect to host node19: timed out\n";

    CommandLine ran = verify(log, kept, pdsh);

    assertThat(ran.status()).isZero();
    assertThat(ran.err())
        .contains("heads1: passed over what is no head; such lines: 1, the first: 2")
        .contains("heads2: passed over what is no head; such lines: 1, the first: 2")
        .contains("2 heads of 2 nodes: events 1 to 150");
    CommandLine cut = verify(log.subList(0, 50), kept);
    assertThat(cut.out()).contains("heads1 saw event 100 ", "No earlier witness fits");
    CommandLine none = verify(log, "nothing\n");
    assertThat(none.status()).isEqualTo(65);
    assertThat(none.err()).contains("no line of --heads is a head");
  }

  @Test
  void severalNodesAreCounted() throws IOException {
    String all = heads("a", log, 302) + heads("b", log, 302) + heads("c", log, 302);

    assertThat(verify(log.subList(0, 300), all).out())
        .contains("error heads: ", " (and 2 more nodes) saw event 302 ");
  }

  @Test
  void onlyOneLogIsVerified() throws IOException {
    assertThat(CommandLine.run("events", "verify").status()).isEqualTo(64);
    assertThat(CommandLine.run("events", "verify", "a", "--config", "b").status()).isEqualTo(64);
    assertThat(CommandLine.run("events", "verify", "--heads", "a", "b").status()).isEqualTo(64);
    assertThat(CommandLine.run("events", "verify", file("x", ""), "--heads", "/no/file").status())
        .isEqualTo(66);
  }
}
