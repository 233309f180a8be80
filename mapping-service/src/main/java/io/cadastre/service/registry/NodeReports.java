/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.access.NodePattern;
import io.cadastre.service.access.Principal;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.NodeReportTable;
import io.cadastre.service.nodes.NodeReport;
import io.cadastre.service.nodes.ReportedNode;
import io.cadastre.subid.NodeName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what nodes say that they serve, and lists it. Thread-safe. */
public final class NodeReports {
  /** So many nodes may be known by credentials that fit several nodes. */
  public static final int MOST = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(NodeReports.class);
  private static final Duration KEPT = Duration.ofDays(90);
  private static final int LONGEST_NAME = 255;

  private final Ledger ledger;
  private final NodeReportTable table;
  private final int most;
  private final Clock clock;
  private volatile Instant dropped = Instant.EPOCH;

  /** Reports in this ledger. */
  public NodeReports(Ledger ledger, Clock clock) {
    this(ledger, clock, MOST);
  }

  NodeReports(Ledger ledger, Clock clock, int most) {
    this.ledger = ledger;
    this.table = new NodeReportTable(ledger);
    this.most = most;
    this.clock = clock;
  }

  /**
   * Reports by name.
   *
   * @param head the ledger, to tell which are of the current serial
   * @param next the last node of the page, if there are more
   */
  public record Page(LedgerHead head, List<ReportedNode> nodes, Optional<NodeName> next) {}

  /**
   * Records a report. It is verified if the credential is of this node alone.
   *
   * @param by the caller, whose bounds permit the node
   * @throws Refused if it is not verified, of a new node, and too many such are known
   */
  public void record(NodeName node, NodeReport report, Principal by) {
    String name = by.name().substring(0, Math.min(by.name().length(), LONGEST_NAME));
    ReportedNode reported = new ReportedNode(node, report, now(), isVerified(by, node), name);
    dropOnceADay();
    if (!table.write(reported, most)) {
      throw new Refused(
          RefusalCode.TOO_MANY_NODES,
          "%d nodes are known by credentials that fit several nodes, which is the limit; %s is a new one. Reports older than %d days make room; a credential of this node alone needs none"
              .formatted(most, node, KEPT.toDays()));
    }
  }

  private void dropOnceADay() {
    Instant now = now();
    if (Duration.between(dropped, now).compareTo(Duration.ofDays(1)) >= 0) {
      dropped = now;
      int rows = table.drop(oldest());
      LOG.debug("{} reports of nodes were older than {} days", rows, KEPT.toDays());
    }
  }

  private static boolean isVerified(Principal by, NodeName node) {
    return by.bounds()
        .nodes()
        .map(NodePattern::new)
        .filter(pattern -> pattern.namesOne() && pattern.matches(node))
        .isPresent();
  }

  /**
   * The report about a node.
   *
   * @throws Refused if there is none
   */
  public Page find(NodeName node) {
    ReportedNode found =
        table
            .find(node, oldest())
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalCode.UNKNOWN_NODE,
                        "no node %s has sent a report in the last %d days; \"cadastre nodes\" lists the nodes, and \"report = yes\" in node.conf makes a node send reports"
                            .formatted(node, KEPT.toDays())));
    return new Page(ledger.head(), List.of(found), Optional.empty());
  }

  /** A page of the nodes after this one. */
  public Page page(Optional<NodeName> after, int limit) {
    LedgerHead head = ledger.head();
    List<ReportedNode> found = table.page(after, limit + 1, oldest());
    if (found.size() <= limit) {
      return new Page(head, found, Optional.empty());
    }
    List<ReportedNode> page = found.subList(0, limit);
    return new Page(head, page, Optional.of(page.get(limit - 1).node()));
  }

  /** The time of now in whole seconds. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private Instant oldest() {
    return now().minus(KEPT);
  }
}
