/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cadastre.service.directory.Slapd;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.DirectoryState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A directory that answers and refuses all writes: one warning, and no request waits. */
@Tag("slow")
class RefusingDirectoryTest {
  private static final int OWNERS = 20;

  /** How long a publisher makes an allocation wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.cadastre.service");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
  }

  @Test
  void readOnlyDirectoryIsOneWarningAndNoWaiting() throws Exception {
    refused("readonly on", "unwilling to perform");
  }

  @Test
  void directoryWithoutWriteAccessIsOneWarningAndNoWaiting() throws Exception {
    refused(
        "access to dn.subtree=\"ou=subids,dc=example,dc=org\" by * read", "insufficient access");
  }

  @Test
  void lostContainerIsOneWarningAndNoWaiting() throws Exception {
    try (Slapd slapd = Slapd.start();
        TestLedger ledger = TestLedger.inMemory();
        Site site = site(slapd, ledger)) {
      String containers = "dn: %s\nobjectClass: organizationalUnit\nou: subids\n\n";
      slapd.deleteEntry(Slapd.RETIRED);
      slapd.deleteEntry(Slapd.SUBIDS);
      allocateAll(site);

      assertOneWarning("no such object");

      slapd.load(
          containers.formatted(Slapd.SUBIDS)
              + containers.formatted(Slapd.RETIRED).replace("ou: subids", "ou: retired"));
      site.drain();
    }
  }

  /** A refusal of one entry does not keep other requests from waiting for their publication. */
  @Test
  void refusalOfOneOwnerIsNotDirectoryWide() throws Exception {
    try (Slapd slapd = Slapd.start();
        TestLedger ledger = TestLedger.inMemory();
        Site site = site(slapd, ledger)) {
      site.allocate("u0");
      site.drain();
      String second = Long.toString(1001062400 + 65536);
      slapd.add(
          """
          dn: subUidNumber=%1$s,%2$s
          objectClass: subordinateIdEntry
          subUidNumber: %1$s
          subUidCount: 65536
          subGidNumber: %1$s
          subGidCount: 65536
          subidRangeOwner: uid=nobody,%3$s
          """
              .formatted(second, Slapd.SUBIDS, Slapd.PEOPLE));

      assertThat(site.allocate("u1").directory()).isEqualTo(DirectoryState.PENDING);

      assertThat(site.publisher.isWorking()).isTrue();
      assertThat(site.publisher.refusal()).isEmpty();
      assertThat(site.allocate("u2").directory()).isEqualTo(DirectoryState.PUBLISHED);
      assertThat(log.list.stream().filter(e -> e.getFormattedMessage().contains("not published")))
          .hasSize(1);
    }
  }

  private void refused(String line, String reason) throws Exception {
    try (Slapd slapd = Slapd.start();
        TestLedger ledger = TestLedger.inMemory();
        Site site = site(slapd, ledger)) {
      slapd.restartWith(line);
      allocateAll(site);

      assertOneWarning(reason);
      assertThat(site.publisher.refusal().orElseThrow()).contains(reason);

      slapd.restartWithout(line);
      site.drain();
      await().atMost(Duration.ofMinutes(1)).until(() -> site.publisher.refusal().isEmpty());
      assertThat(site.published()).hasSize(OWNERS);
    }
  }

  private static Site site(Slapd slapd, TestLedger ledger) {
    IntStream.range(0, OWNERS).forEach(i -> slapd.addAccount("u" + i, 5000 + i, 5000 + i));
    return Site.ready(ledger.ledger(), slapd.configuration());
  }

  /** Allocates; only the first request waits until the directory is known to refuse. */
  private static void allocateAll(Site site) throws InterruptedException {
    site.allocate("u0");
    await().atMost(Duration.ofMinutes(1)).until(() -> !site.publisher.isWorking());
    int waited = 0;
    for (int i = 1; i < OWNERS; i++) {
      long began = System.nanoTime();
      assertThat(site.allocate("u" + i).directory()).isEqualTo(DirectoryState.PENDING);
      waited += System.nanoTime() - began >= PATIENCE.toNanos() ? 1 : 0;
    }
    assertThat(waited).as("allocations that waited for the directory").isLessThan(OWNERS / 2);
    Thread.sleep(1500);
  }

  private void assertOneWarning(String reason) {
    List<String> warnings =
        List.copyOf(log.list).stream()
            .filter(event -> event.getLevel().toInt() >= 30_000)
            // on a slow machine the audit comes first, and has a warning of its own
            .filter(event -> !event.getLoggerName().equals(Reconciler.class.getName()))
            .map(ILoggingEvent::getFormattedMessage)
            .toList();
    assertThat(warnings).as("%s", Map.of("warnings", warnings.size())).hasSize(1);
    assertThat(warnings.get(0)).contains(reason);
  }
}
