/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.PublishConfiguration;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.directory.Slapd;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.ReleasedRange;
import io.cadastre.service.event.ReleasedRange.Freed;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.EventArchive;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The range of a foreign entry, from its first sight until an admin releases it. */
@Tag("slow")
class ForeignRangeTest {
  private static final long FIRST = 1_001_062_400;
  private static final IdRange SECOND = new IdRange(FIRST + 65536, 65536);

  private final TestLedger database = TestLedger.inMemory();
  private Slapd slapd;
  private Site site;

  @BeforeEach
  void blockTheSecondSlot() {
    slapd = Slapd.start();
    for (int i = 0; i < 4; i++) {
      slapd.addAccount("user" + i, 6000 + i, 6000 + i);
    }
    slapd.add(foreign());
    site = Site.ready(database.ledger(), slapd.configuration());
    assertThat(slotOf("user0")).isEqualTo(0);
    assertThat(slotOf("user1")).isEqualTo(2);
    site.drain();
  }

  @AfterEach
  void stop() {
    site.close();
    slapd.close();
    database.close();
  }

  private static String foreign() {
    return """
        dn: subUidNumber=%1$d,%2$s
        objectClass: subordinateIdEntry
        subUidNumber: %1$d
        subUidCount: 65536
        subGidNumber: %1$d
        subGidCount: 65536
        subidRangeOwner: uid=theirs,%3$s
        """
        .formatted(SECOND.start(), Slapd.SUBIDS, Slapd.PEOPLE);
  }

  private static String foreignDn() {
    return "subUidNumber=%d,%s".formatted(SECOND.start(), Slapd.SUBIDS);
  }

  private long slotOf(String name) {
    return (site.allocate(name).allocation().uidRange().start() - FIRST) / 65536;
  }

  private ForeignRangeCommands commands() {
    return commands(site.directory.publish());
  }

  private ForeignRangeCommands commands(PublishDirectory directory) {
    return new ForeignRangeCommands(site.ledger, directory, site.gate, site.rules);
  }

  @Test
  void rangeIsReleasedOnceTheEntryIsGoneAndTheNextOwnerGetsIt() {
    slapd.deleteEntry(foreignDn());
    ReleasedRange expected =
        new ReleasedRange(
            SECOND.start(), 65536, List.of(foreignDn()), List.of(new Freed("default", 1, 1)));

    assertThat(commands().release(SECOND.toString(), false, true, TEST)).isEqualTo(expected);
    assertThat(commands().ranges()).hasSize(2);
    assertThat(commands().release("1001127936-1001193471", false, false, TEST)).isEqualTo(expected);

    assertThat(commands().ranges()).isEmpty();
    assertThat(site.ledger.read(LedgerQueries::blockedSlots)).isEmpty();
    Event last =
        site.ledger.read(q -> q.eventsAfter(0, Optional.empty(), 100)).stream()
            .reduce((a, b) -> b)
            .orElseThrow();
    assertThat(last.kind()).isEqualTo("release-foreign");
    assertThat(last.reason()).isEqualTo(TEST.reason());
    assertThat(slotOf("user2")).isEqualTo(1);
    assertThat(slotOf("user3")).isEqualTo(3);
    replays();
  }

  /** The events say that the counter went back; {@code TestLedger.close} compares the tables. */
  private void replays() {
    List<String> lines = new ArrayList<>();
    new EventArchive(site.ledger).export(lines::add);
    try (TestLedger other = TestLedger.fresh()) {
      assertThat(new EventArchive(other.ledger()).replay(lines.stream()))
          .isEqualTo(site.ledger.head());
    }
  }

  @Test
  void rangeOfAnEntryThatOneServerStillHasIsRefused() {
    slapd.deleteEntry(foreignDn());
    try (Slapd replica = Slapd.start();
        PublishDirectory both = both(replica)) {
      replica.add(foreign());

      refused(() -> commands(both).release(SECOND.toString(), false, false, TEST), foreignDn());
      replica.deleteEntry(foreignDn());
      assertThat(commands(both).release(SECOND.toString(), false, false, TEST).freed()).hasSize(1);
    }
  }

  private PublishDirectory both(Slapd replica) {
    DirectoryConfiguration one = slapd.configuration();
    ConnectionConfiguration c = one.publish().connection();
    ConnectionConfiguration two = replica.configuration().publish().connection();
    return new PublishDirectory(
        new PublishConfiguration(
            new ConnectionConfiguration(
                Stream.concat(c.servers().stream(), two.servers().stream()).toList(),
                c.security(),
                c.trustedCertificates(),
                c.bindDn(),
                c.passwordFile(),
                c.passwordEnvironment(),
                c.allowPasswordInClear(),
                c.connectTimeout(),
                c.responseTimeout(),
                c.poolSize()),
            one.publish().base(),
            one.publish().retiredBase()),
        one.profile());
  }

  @Test
  void rangeWithoutAReasonOrOfNoEntryIsRefused() {
    refused(() -> commands().release(SECOND.toString(), false, false, TEST), foreignDn());
    slapd.deleteEntry(foreignDn());
    refused(() -> commands().release("1001062400:65536", false, false, TEST), SECOND.toString());
    refused(() -> commands().release("65536", false, false, TEST), SECOND.toString());
    assertThatThrownBy(
            () ->
                commands()
                    .release(
                        SECOND.toString(),
                        false,
                        false,
                        new AuditContext("admin", Optional.empty(), Optional.empty())))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.REASON_MISSING));
  }

  private static void refused(Runnable release, String named) {
    assertThatThrownBy(release::run)
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.WRONG_STATE))
        .hasMessageContaining(named);
  }

  /** The entry and the row have the same range; the row still uses it when the entry is gone. */
  @Test
  void rangeThatALocalRowHasTooIsNotReleasedWithTheEntry() {
    String row = "local row buildbot in n1:/etc/subuid:1";
    int unused =
        site.ledger.change(
            transaction -> {
              transaction.entries().blockLocal(IdType.SUBUID, SECOND, row, TEST);
              return 0;
            });
    site.reconciler.report();
    slapd.deleteEntry(foreignDn());

    refused(() -> commands().release(SECOND.toString(), false, false, TEST), row);

    assertThat(site.ledger.read(LedgerQueries::blockedSlots))
        .singleElement()
        .extracting(slot -> slot.reason().text())
        .isEqualTo(row);
    ReleasedRange released = commands().release(SECOND.toString(), true, false, TEST);
    assertThat(released.entries()).containsExactly(foreignDn(), row);
    assertThat(released.freed()).containsExactly(new Freed("default", 1, 1));
    replays();
  }

  @Test
  void slotThatAnotherForeignRangeTouchesStaysBlocked() {
    slapd.add(
        foreign()
            .replace(Long.toString(SECOND.start()), Long.toString(SECOND.start() + 9))
            .replace("65536", "100")
            .replace("theirs", "others"));
    site.reconciler.report();
    slapd.deleteEntry(foreignDn());
    String other = "subUidNumber=%d,%s".formatted(SECOND.start() + 9, Slapd.SUBIDS);

    refused(() -> commands().release(SECOND.toString(), false, false, TEST), other);
    slapd.deleteEntry(other);
    assertThat(commands().release(SECOND.toString(), false, false, TEST).freed()).isEmpty();
    assertThat(slotOf("user2")).isEqualTo(3);
  }
}
