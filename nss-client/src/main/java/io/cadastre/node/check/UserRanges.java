/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.ProgramResult;
import io.cadastre.node.guard.Hold;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.node.sync.ServedRanges;
import io.cadastre.node.sync.Verification;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SnapshotRow;
import io.cadastre.subid.SubidRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ranges that libsubid returns for a user on this node. */
final class UserRanges {
  private static final Pattern LISTED = Pattern.compile("(?m)^[0-9]+: .* ([0-9]+) ([0-9]+)$");

  /** Of the reasons to hold the row of one user; mostly there is one for each file. */
  private static final int MOST_REASONS = 4;

  private final CheckedNode node;
  private final UserAccount user;

  UserRanges(CheckedNode node, UserAccount user) {
    this.node = node;
    this.user = user;
  }

  /**
   * Looks up the ranges: in the node's own files if libsubid reads those, otherwise with
   * getsubids(1) on the running system. A row that newuidmap refuses ({@link PlacedRow#overflows})
   * gives no range.
   */
  List<IdRange> lookUp(IdType type) throws Unobservable {
    String source = node.subidSource();
    String served = node.settings().mode() == Mode.PLUGIN ? "cadastre" : "files";
    if (source.equals(served)) {
      List<IdRange> refused = refused(type);
      return served().rows(type).stream()
          .map(SubidRow::range)
          .filter(range -> !refused.contains(range))
          .toList();
    }
    if (!node.host().live()) {
      throw new Unobservable("\"subid: %s\" answers on the running system only".formatted(source));
    }
    return getsubids(type);
  }

  /** The user's row in the last snapshot, by name or uid; empty if this node holds it back. */
  Optional<SnapshotRow> registered() {
    return served().registered();
  }

  /** Whether the last snapshot has a row of the user that this node holds back. */
  boolean held() {
    return registered().isEmpty()
        && node.nodeState().lastGood().stream()
            .flatMap(snapshot -> snapshot.rows().stream())
            .anyMatch(this::isOwn);
  }

  private boolean isOwn(SnapshotRow row) {
    return row.name().value().equals(user.name()) || row.uidNumber() == user.uid();
  }

  /**
   * N06 of a user whose row is {@link #held}: the reasons that a verification finds now, and the
   * next steps.
   *
   * @param what the user lacks
   */
  CheckOutcome heldBack(String what) throws Unobservable {
    List<String> reasons = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    for (Hold hold : Verification.run(node.nodeState(), node.settings(), node.accepted()).held()) {
      if (isOwn(hold.row()) && reasons.size() < MOST_REASONS) {
        reasons.add(UnexpectedRows.summary(hold.finding()));
        steps.add(UnexpectedRows.remedy(node, hold.finding()));
      }
    }
    steps.add(steps.isEmpty() ? "Run \"cadastre-node sync\"." : "Then run \"cadastre-node sync\".");
    return CheckOutcome.fail(
        what
            + ": this node holds its row back"
            + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons)),
        String.join(" ", steps));
  }

  /** The lines of /etc/subuid or /etc/subgid that are the user's by name or uid. */
  List<PlacedRow> lines(IdType type) throws Unobservable {
    Set<String> owners = Set.of(user.name(), Long.toString(user.uid()));
    return PlacedRow.read(node, type, owners::contains);
  }

  /** The plugin, unlike shadow, cuts such a range at the last ID, so that newuidmap maps it. */
  private List<IdRange> refused(IdType type) throws Unobservable {
    return node.subidSource().equals("files")
        ? lines(type).stream()
            .filter(PlacedRow::overflows)
            .flatMap(row -> row.range().stream())
            .toList()
        : List.of();
  }

  private ServedRanges served() {
    return ServedRanges.of(node.nodeState(), node.settings(), user.identity());
  }

  private List<IdRange> getsubids(IdType type) throws Unobservable {
    ProgramResult result =
        type == IdType.SUBUID
            ? SystemPrograms.run("getsubids", user.name())
            : SystemPrograms.run("getsubids", "-g", user.name());
    List<IdRange> ranges = new ArrayList<>();
    for (Matcher row = LISTED.matcher(result.output()); row.find(); ) {
      SubidRow.parse("x:%s:%s".formatted(row.group(1), row.group(2)))
          .map(SubidRow::range)
          .ifPresent(ranges::add);
    }
    if (ranges.isEmpty() && result.status() != 1) {
      throw new Unobservable("getsubids says: " + result.output().strip());
    }
    return ranges;
  }
}
