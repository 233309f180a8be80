/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.CommandTree;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script and the commands of docs/audit.md. */
@Tag("slow")
class AuditDocumentTest {
  private static final int LONGEST_SCRIPT = 30;

  @TempDir static Path folder;
  private static TestLedger ledger;
  private static String page;
  private static List<String> log;

  @BeforeAll
  static void makeLog() throws IOException {
    page =
        Files.readString(
            Path.of(System.getProperty("cadastre.root", "..")).resolve("docs/audit.md"));
    ledger = TestLedger.inMemory();
    grant(0, "zoë", "a reason with \"quotes\", \\ and a line\nof its own \u2028 \uD83D\uDE00");
    for (int slot = 1; slot < 20; slot++) {
      grant(slot, "u" + slot, "a test");
    }
    log = TestArchive.of(ledger.ledger());
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  private static void grant(int slot, String name, String reason) {
    IdRange range = new IdRange(1001062400 + 65536L * slot, 65536);
    Owner owner = new Owner("s" + slot, new OwnerName(name), 1000 + slot, 100, Optional.empty());
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
                        AuditContext.service("test", reason)));
  }

  private static String script() {
    List<String> blocks =
        Pattern.compile("(?s)```python\n(.*?)```")
            .matcher(page)
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks).hasSize(1);
    return blocks.get(0);
  }

  /** What the script printed, and its exit status before it. */
  private static String run(List<String> lines, String... heads) throws Exception {
    Files.writeString(folder.resolve("verify-export.py"), script());
    Files.writeString(folder.resolve("log.ndjson"), String.join("\n", lines) + "\n");
    List<String> command = new ArrayList<>(List.of("python3", "verify-export.py", "log.ndjson"));
    if (heads.length > 0) {
      Files.writeString(folder.resolve("heads.txt"), String.join("\n", heads) + "\n");
      command.add("heads.txt");
    }
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + said.strip();
  }

  private static String head(List<String> lines, int number) {
    Event event = EventJson.read(lines.get(number - 1));
    return "node17 "
        + new Witness(
            ledger.ledger().head().uuid(), new EventHead(number, event.hash()), Instant.EPOCH);
  }

  private static List<String> edited(int number) {
    List<String> edited = new ArrayList<>(log);
    edited.set(number - 1, log.get(number - 1).replace("\"service:test\"", "\"service:eve\""));
    assertThat(edited).isNotEqualTo(log);
    return edited;
  }

  @Test
  void scriptIsShort() {
    assertThat(script().lines().count()).isLessThanOrEqualTo(LONGEST_SCRIPT);
  }

  @Test
  void goodExportIsWhole() throws Exception {
    assertThat(run(log))
        .isEqualTo(
            "0 22 events of ledger %s; nodes saw events 1 to 0 so"
                .formatted(ledger.ledger().head().uuid()));
    assertThat(run(log, head(log, 5), head(log, 20), "ssh: no such host"))
        .startsWith("0 ")
        .endsWith("nodes saw events 1 to 20 so");
  }

  @Test
  void whatWasChangedWithoutTheHashesIsFound() throws Exception {
    assertThat(run(edited(10))).isEqualTo("1 event 10 was changed: its hash is wrong");
    List<String> removed = new ArrayList<>(log);
    removed.remove(9);
    assertThat(run(removed)).isEqualTo("1 event 10 does not follow the one before it");
    List<String> exchanged = new ArrayList<>(log);
    Collections.swap(exchanged, 9, 10);
    assertThat(run(exchanged)).isEqualTo("1 event 10 does not follow the one before it");
    assertThat(run(log.subList(1, 22))).startsWith("1 ");
  }

  @Test
  void whatWasChangedWithAllHashesIsFoundByHeads() throws Exception {
    List<String> sealed = TestArchive.sealed(edited(10), line -> line);

    assertThat(run(sealed)).startsWith("0 22 events");
    assertThat(run(sealed, head(log, 9))).startsWith("0 ").endsWith("nodes saw events 1 to 9 so");
    assertThat(run(sealed, head(log, 9), head(log, 15)))
        .isEqualTo("1 event 15 is not what a node saw; event 9 is");
    assertThat(run(log.subList(0, 12), head(log, 9), head(log, 15)))
        .isEqualTo("1 the log ends at event 12, and no head or not every head fits");
    assertThat(run(log, head(log, 9).replaceFirst("node17 .", "node17 x"))).startsWith("1 the log");
  }

  /** A command ends at a pipe, a redirection or a comment. */
  @Test
  void everyCommandOfThePageParses() throws Exception {
    List<String> commands =
        Pattern.compile("(?m)(?:`|^|pdsh -a )(cadastre(?:-node)? [a-z][^`\n|>#]*)")
            .matcher(page)
            .results()
            .map((MatchResult found) -> found.group(1).strip())
            .toList();

    assertThat(commands).hasSizeGreaterThan(12);
    for (String command : commands) {
      List<String> words = List.of(command.split(" +", -1));
      String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
      if (words.get(0).equals("cadastre")) {
        assertThat(ServiceManual.program().parseArgs(arguments)).as(command).isNotNull();
      } else {
        assertThat(CommandTree.commandLine().parseArgs(arguments)).as(command).isNotNull();
      }
    }
  }
}
