/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.nodes.NodeReport;
import io.cadastre.service.nodes.NodeReport.Findings;
import io.cadastre.service.nodes.ReportedNode;
import io.cadastre.subid.EventHead;
import io.cadastre.subid.NodeName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of {@code node_report}, each written in a transaction of its own: they are no part of
 * the chain of events. Thread-safe.
 */
public final class NodeReportTable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeReportTable.class);
  private static final String VALUES =
      ":node, :ledger, :serial, :digest, :headNumber, :headHash, :applied, :received, :mode,"
          + " :held, :findingCount, :findings, :version, :verified, :credential";
  private static final String COLUMNS =
      "node, ledger, serial, digest, head_number, head_hash, applied_at, received_at, mode, held,"
          + " finding_count, findings, version, verified, credential";

  private final Ledger ledger;

  /** The rows of this ledger. */
  public NodeReportTable(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Writes the last report about a node.
   *
   * @param most a node that is new and not verified is not written if so many such are known
   * @return whether it was written
   */
  public boolean write(ReportedNode reported, int most) {
    return ledger.writeRows(
        handle -> {
          if (update(handle, reported)) {
            return true;
          }
          // Two first reports about one node must not both be inserted, nor pass the limit.
          LedgerHead unused = new LedgerHeadTable(handle).lock();
          if (update(handle, reported)) {
            return true;
          }
          // The second count reads all rows, so only where the first one cannot tell.
          if (!reported.verified()
              && count(handle, "") >= most
              && count(handle, " WHERE NOT verified") >= most) {
            return false;
          }
          return execute(
                  handle,
                  "INSERT INTO node_report (" + COLUMNS + ") VALUES (" + VALUES + ")",
                  reported)
              > 0;
        });
  }

  private static boolean update(Handle handle, ReportedNode reported) {
    Optional<ReportedNode> known = find(handle, reported.node(), Instant.EPOCH);
    return known.isPresent()
        && execute(
                handle,
                "UPDATE node_report SET (" + COLUMNS + ") = (" + VALUES + ") WHERE node = :node",
                reported.after(known.get()))
            > 0;
  }

  private static long count(Handle handle, String condition) {
    return handle
        .createQuery("SELECT COUNT(*) FROM node_report" + condition)
        .mapTo(Long.class)
        .one();
  }

  /** Drops the reports before this time; returns how many there were. */
  public int drop(Instant oldest) {
    return ledger.writeRows(
        handle ->
            handle
                .createUpdate("DELETE FROM node_report WHERE received_at < :oldest")
                .bind("oldest", oldest)
                .execute());
  }

  private static int execute(Handle handle, String sql, ReportedNode reported) {
    NodeReport report = reported.report();
    return handle
        .createUpdate(sql)
        .bind("node", reported.node().value())
        .bind("ledger", report.ledger())
        .bind("serial", report.serial())
        .bind("digest", report.digest())
        .bind("headNumber", report.head().map(EventHead::number))
        .bind("headHash", report.head().map(EventHead::hash))
        .bind("applied", report.applied())
        .bind("received", reported.received())
        .bind("mode", report.mode())
        .bind("held", report.held())
        .bind("findingCount", report.findings().map(Findings::count))
        .bind("findings", report.findings().map(f -> String.join("\n", f.first())))
        .bind("version", report.version())
        .bind("verified", reported.verified())
        .bind("credential", reported.credential())
        .execute();
  }

  /** The last report about a node; empty if there is none since this time. */
  public Optional<ReportedNode> find(NodeName node, Instant oldest) {
    return ledger.readRows(handle -> find(handle, node, oldest));
  }

  private static Optional<ReportedNode> find(Handle handle, NodeName node, Instant oldest) {
    return handle
        .createQuery("SELECT * FROM node_report WHERE node = :node AND received_at >= :oldest")
        .bind("node", node.value())
        .bind("oldest", oldest)
        .map((row, context) -> reported(row))
        .findOne()
        .flatMap(found -> found);
  }

  /**
   * The last reports since this time, by node.
   *
   * @param after the last node before the page
   */
  public List<ReportedNode> page(Optional<NodeName> after, int limit, Instant oldest) {
    return ledger.readRows(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM node_report WHERE node > :after AND received_at >= :oldest"
                        + " ORDER BY node FETCH FIRST :limit ROWS ONLY")
                .bind("after", after.map(NodeName::value).orElse(""))
                .bind("oldest", oldest)
                .bind("limit", limit)
                .map((row, context) -> reported(row))
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  /** A row that was edited and is no report counts as none. */
  private static Optional<ReportedNode> reported(ResultSet row) throws SQLException {
    String node = row.getString("node");
    try {
      return Optional.of(
          new ReportedNode(
              new NodeName(node),
              new NodeReport(
                  row.getObject("ledger", UUID.class),
                  row.getLong("serial"),
                  row.getString("digest"),
                  Optional.ofNullable(row.getString("head_hash")).isPresent()
                      ? Optional.of(
                          new EventHead(row.getLong("head_number"), row.getString("head_hash")))
                      : Optional.empty(),
                  LedgerJdbi.instant(row, "applied_at").orElseThrow(),
                  row.getString("mode"),
                  row.getLong("held"),
                  findings(row),
                  row.getString("version")),
              LedgerJdbi.instant(row, "received_at").orElseThrow(),
              row.getBoolean("verified"),
              row.getString("credential")));
    } catch (IllegalArgumentException e) {
      LOG.warn("the report of the node {} was edited: {}", node, e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<Findings> findings(ResultSet row) throws SQLException {
    Optional<String> lines = Optional.ofNullable(row.getString("findings"));
    long count = row.getLong("finding_count");
    return lines.map(text -> new Findings(count, text.lines().toList()));
  }
}
