/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.NodeReportTable;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.nodes.NodeReport;
import io.cadastre.service.nodes.NodeReport.Findings;
import io.cadastre.service.nodes.ReportedNode;
import io.cadastre.subid.EventHead;
import io.cadastre.subid.NodeName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeReportsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID LEDGER = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final Findings ONE = new Findings(7, List.of("line a", "line b"));

  private final TestLedger database = TestLedger.inMemory();
  private final Ledger ledger = database.ledger();

  @AfterEach
  void close() {
    database.close();
  }

  private NodeReports at(Instant now) {
    return new NodeReports(ledger, Clock.fixed(now, ZoneOffset.UTC), 2);
  }

  private static Principal node(CredentialKind kind, String pattern) {
    Bounds none = Bounds.NONE;
    return new Principal(
        "a-node",
        Role.NODE,
        kind,
        Optional.of("X"),
        new Bounds(
            none.pool(),
            none.uids(),
            none.stableIdPrefix(),
            none.dnBase(),
            Optional.of(pattern).filter(text -> !text.isEmpty())));
  }

  private static Principal token(String pattern) {
    return node(CredentialKind.TOKEN, pattern);
  }

  private static NodeReport report(long serial, Optional<Findings> findings) {
    return new NodeReport(
        LEDGER,
        serial,
        "a".repeat(64),
        Optional.of(new EventHead(9, "b".repeat(64))),
        NOW.minusSeconds(90),
        "plugin",
        2,
        findings,
        "0.1.0");
  }

  private ReportedNode found(String name) {
    return at(NOW).find(new NodeName(name)).nodes().get(0);
  }

  private void record(Instant now, String name, Principal by) {
    at(now).record(new NodeName(name), report(1, Optional.of(ONE)), by);
  }

  @Test
  void keepsAReportAsItIs() {
    NodeReport whole = report(42, Optional.of(ONE));
    NodeReport bare =
        new NodeReport(
            LEDGER, 0, "0".repeat(64), Optional.empty(), NOW, "files", 0, Optional.empty(), "1");

    at(NOW).record(new NodeName("n1"), whole, token("n1"));
    at(NOW).record(new NodeName("n2"), bare, token("n*"));

    assertThat(found("n1"))
        .isEqualTo(new ReportedNode(new NodeName("n1"), whole, NOW, true, "a-node"));
    assertThat(found("n2"))
        .isEqualTo(new ReportedNode(new NodeName("n2"), bare, NOW, false, "a-node"));
    at(NOW).record(new NodeName("n1"), bare, token(""));
    assertThat(found("n1"))
        .isEqualTo(new ReportedNode(new NodeName("n1"), bare, NOW, false, "a-node"));
  }

  /** A certificate's pattern is the one host that it names. */
  @Test
  void onlyTheCredentialOfOneNodeIsVerified() {
    Principal admin =
        new Principal("root", Role.ADMIN, CredentialKind.TOKEN, Optional.empty(), Bounds.NONE);
    for (Principal by :
        List.of(token(""), token("*"), token("n1*"), token("n*1"), admin, Principal.open("::1"))) {
      record(NOW, "n1", by);
      assertThat(found("n1").verified()).as(by.toString()).isFalse();
    }
    for (Principal by : List.of(token("n1"), token("N1"), node(CredentialKind.CERTIFICATE, "n1"))) {
      record(NOW, "n1", by);
      assertThat(found("n1").verified()).as(by.toString()).isTrue();
    }
  }

  @Test
  void aReportWithoutFindingsKeepsThoseOfTheSameSerial() {
    NodeReports reports = at(NOW);
    NodeName n1 = new NodeName("n1");
    reports.record(n1, report(5, Optional.of(ONE)), token("n1"));
    reports.record(n1, report(5, Optional.empty()), token("n1"));
    assertThat(found("n1").report().findings()).contains(ONE);

    reports.record(n1, report(6, Optional.empty()), token("n1"));
    assertThat(found("n1").report().findings()).isEmpty();

    reports.record(n1, report(6, Optional.of(new Findings(0, List.of()))), token("n1"));
    assertThat(found("n1").report().findings()).contains(new Findings(0, List.of()));
  }

  @Test
  void aTokenOfSeveralNodesCannotFillTheTable() {
    record(NOW, "n1", token("n*"));
    record(NOW, "n2", token("n*"));
    assertThatThrownBy(() -> record(NOW, "n3", token("n*")))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.TOO_MANY_NODES))
        .hasMessageContaining("2 nodes are known");

    record(NOW.plusSeconds(60), "n2", token("n*"));
    record(NOW, "n4", token("n4"));
    assertThat(found("n2").received()).isEqualTo(NOW.plusSeconds(60));

    Instant later = NOW.plus(Duration.ofDays(90)).plusSeconds(1);
    record(later, "n3", token("n*"));
    assertThat(at(later).page(Optional.empty(), 10).nodes())
        .extracting(node -> node.node().value())
        .containsExactly("n2", "n3");
  }

  @Test
  void anOldReportIsNotShown() {
    record(NOW.minus(Duration.ofDays(91)), "n1", token("n1"));
    assertThat(new NodeReportTable(ledger).page(Optional.empty(), 10, Instant.EPOCH)).hasSize(1);
    assertThat(at(NOW).page(Optional.empty(), 10).nodes()).isEmpty();
    assertThatThrownBy(() -> found("n1"))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.UNKNOWN_NODE));

    record(NOW, "n2", token("n2"));
    assertThat(new NodeReportTable(ledger).page(Optional.empty(), 10, Instant.EPOCH))
        .extracting(node -> node.node().value())
        .containsExactly("n2");
  }

  @Test
  void noReportIsAnEvent() {
    long before = ledger.head().lastEvent();
    record(NOW, "n1", token("n1"));
    assertThat(ledger.head().lastEvent()).isEqualTo(before);
  }
}
