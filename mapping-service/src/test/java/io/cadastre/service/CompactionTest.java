/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.config.LedgerConfiguration;
import io.cadastre.service.database.Compaction;
import io.cadastre.service.database.LedgerSource;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2's file grows by 40 KiB with each single change, and is made small again. */
@Tag("slow")
class CompactionTest {
  private static final long MEBIBYTE = 1024 * 1024;

  @TempDir Path dir;

  private Path file() {
    return dir.resolve("ledger.mv.db");
  }

  private LedgerConfiguration settings() {
    LedgerConfiguration settings = new LedgerConfiguration();
    settings.setUrl("jdbc:h2:file:" + dir + "/ledger");
    settings.setUser("");
    settings.setPassword("");
    return settings;
  }

  /** As a kill leaves it: closing in good order compacts a little by itself. */
  private LedgerHead grown(int changes) throws Exception {
    return grown(dir, changes);
  }

  /** The ledger of that name in this folder. */
  static LedgerHead grown(Path dir, int changes) throws Exception {
    Path file = dir.resolve("ledger.mv.db");
    Path copied = dir.resolve("grown");
    LedgerHead head;
    try (TestLedger database = TestLedger.inFile(dir.resolve("ledger"))) {
      Ledger ledger = database.ledger();
      for (int i = 0; i < changes; i++) {
        Pool pool =
            new Pool(
                "p" + i,
                Pool.DEFAULT_COUNT,
                List.of(new IdRange(1001062400, Pool.DEFAULT_COUNT)),
                Strategy.NEXT_FREE,
                1000);
        ledger.change(
            transaction -> {
              transaction.recordPool(Optional.empty(), pool, AuditContext.service("test", "grow"));
              return true;
            });
      }
      head = ledger.head();
      Files.copy(file, copied);
    }
    Files.move(copied, file, StandardCopyOption.REPLACE_EXISTING);
    return head;
  }

  @Test
  void largeFileIsCompactedAtAStartAndHoldsTheSame() throws Exception {
    LedgerHead head = grown(150);
    long before = Files.size(file());
    assertThat(before).isGreaterThan(2 * MEBIBYTE);

    Compaction.atStart(settings(), MEBIBYTE);

    assertThat(Files.size(file())).isLessThan(before / 4);
    assertThat(
            LedgerSource.<LedgerHead>once(
                settings(),
                database -> {
                  Ledger ledger = Ledger.open(database);
                  assertThat(ledger.read(LedgerQueries::pools)).hasSize(151);
                  return ledger.head();
                }))
        .isEqualTo(head);
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).noneMatch(f -> f.toString().endsWith(".tempFile"));
    }
  }

  @Test
  void fileBelowTheLimitIsLeftAlone() throws Exception {
    LedgerHead unused = grown(50);
    byte[] before = Files.readAllBytes(file());

    Compaction.atStart(settings());

    assertThat(file()).hasBinaryContent(before);
  }

  @Test
  void commandSaysWhatItFreedAndThatAnOpenLedgerHasToBeClosed() throws Exception {
    LedgerHead unused = grown(50);
    String config =
        Files.writeString(
                dir.resolve("cadastre.yml"),
                """
                access: open
                ledger: {url: "jdbc:h2:file:%s/ledger", user: ""}
                identity: {source: caller}
                pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
                server:
                  applicationConnectors: [{type: http, port: 0}]
                  adminConnectors: [{type: http, port: 0}]
                """
                    .formatted(dir))
            .toString();

    CommandLine inUse =
        LedgerSource.once(
            settings(),
            database -> {
              assertThat(Ledger.exists(database)).isTrue();
              return CommandLine.inAProcess("ledger", "compact", config);
            });
    assertThat(inUse.status()).as(inUse.err()).isEqualTo(75);
    assertThat(inUse.err()).contains("Stop the service first");
    CommandLine compacted = CommandLine.run("ledger", "compact", config);

    assertThat(compacted.status()).as(compacted.err()).isZero();
    assertThat(compacted.err()).contains("compacted " + file());
    Files.delete(file());
    assertThat(CommandLine.run("ledger", "compact", config).status()).isEqualTo(78);
    assertThat(file()).doesNotExist();
  }
}
