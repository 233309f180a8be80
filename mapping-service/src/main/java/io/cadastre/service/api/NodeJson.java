/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.nodes.NodeReport;
import io.cadastre.service.nodes.NodeReport.Findings;
import io.cadastre.service.nodes.ReportedNode;
import io.cadastre.subid.EventHead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The last report about a node.
 *
 * @param node its host name
 * @param serial the serial of its snapshot
 * @param current whether that is the registry's current serial, of the same ledger
 * @param received when the service received the report
 * @param age the seconds since then
 * @param unverified whether the credential fits other nodes too, so that another node may have sent
 *     the report
 * @param credential the name of the credential that sent it
 * @param ledger the ledger of its snapshot
 * @param digest the digest of its snapshot's rows
 * @param head the newest event that it was told of, NUMBER HASH
 * @param applied when it last stored another snapshot, by its clock
 * @param mode {@code files} or {@code plugin}
 * @param held how many rows it does not serve
 * @param findingCount how many warnings its last sync had; absent if it did not say
 * @param findings the first of them
 * @param version the version of cadastre-node
 */
public record NodeJson(
    String node,
    long serial,
    boolean current,
    String received,
    long age,
    boolean unverified,
    String credential,
    String ledger,
    String digest,
    Optional<String> head,
    String applied,
    String mode,
    long held,
    Optional<Long> findingCount,
    Optional<List<String>> findings,
    String version) {
  /** The answer about this node at this time. */
  public static NodeJson of(ReportedNode reported, LedgerHead head, Instant now) {
    NodeReport report = reported.report();
    return new NodeJson(
        reported.node().value(),
        report.serial(),
        report.ledger().equals(head.uuid()) && report.serial() == head.serial(),
        reported.received().toString(),
        Math.max(0, Duration.between(reported.received(), now).toSeconds()),
        !reported.verified(),
        reported.credential(),
        report.ledger().toString(),
        report.digest(),
        report.head().map(EventHead::toString),
        report.applied().toString(),
        report.mode(),
        report.held(),
        report.findings().map(Findings::count),
        report.findings().map(Findings::first),
        report.version());
  }
}
