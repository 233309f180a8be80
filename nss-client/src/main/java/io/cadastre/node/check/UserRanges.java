/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.Answer;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.settings.Mode;
import io.cadastre.node.sync.ServedRanges;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SnapshotRow;
import io.cadastre.subid.SubidRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ranges that libsubid gives a user on this node, and N06 and N07, which judge them. */
final class UserRanges {
  /** Below it many images fail, and Apptainer and rootless Docker refuse. */
  private static final long ENOUGH = 65536;

  private static final Pattern LISTED = Pattern.compile("(?m)^[0-9]+: .* ([0-9]+) ([0-9]+)$");

  private final CheckedNode node;
  private final UserAccount user;

  UserRanges(CheckedNode node, UserAccount user) {
    this.node = node;
    this.user = user;
  }

  /**
   * What libsubid gives him: from the node's own files where they are its source, else from
   * getsubids(1) on the running system.
   */
  List<IdRange> of(IdType type) throws Unobservable {
    String source = node.subidSource();
    String served = node.settings().mode() == Mode.PLUGIN ? "cadastre" : "files";
    if (source.equals(served)) {
      try {
        return ServedRanges.of(node.present(), node.settings(), user.name()).of(type).stream()
            .map(SubidRow::range)
            .toList();
      } catch (NodeFailure e) {
        throw new Unobservable(String.valueOf(e.getMessage()));
      }
    }
    if (!node.sight().live()) {
      throw new Unobservable("\"subid: %s\" answers on the running system only".formatted(source));
    }
    return getsubids(type);
  }

  CheckOutcome enough() throws Unobservable {
    List<String> wrong = new ArrayList<>();
    for (IdType type : IdType.values()) {
      List<IdRange> ranges = of(type);
      long count = ranges.stream().mapToLong(IdRange::count).sum();
      if (ranges.isEmpty()) {
        return CheckOutcome.fail(
            "%s has no %s range".formatted(user.name(), type.word()),
            "Allocate him one (PUT /v1/owners/%s), then cadastre-node sync."
                .formatted(user.name()));
      }
      if (count < ENOUGH) {
        wrong.add("%d %ss are fewer than %d".formatted(count, type.word(), ENOUGH));
      }
      realId(ranges, type)
          .ifPresent(id -> wrong.add("%s %d is somebody's own ID".formatted(type.word(), id)));
      registered()
          .filter(row -> !ranges.contains(row.range(type)))
          .ifPresent(
              row ->
                  wrong.add(
                      "the registry gives %s %s, the node %s"
                          .formatted(type.word(), row.range(type), ranges)));
    }
    if (!wrong.isEmpty()) {
      return CheckOutcome.fail(
          user.name() + ": " + String.join("; ", wrong),
          "Run cadastre-node sync and verify; a range that holds a real ID is the registry's to mend.");
    }
    return CheckOutcome.pass(
        "%s has subuid %s%s"
            .formatted(
                user.name(),
                of(IdType.SUBUID).get(0),
                registered().isPresent() ? ", as the registry says" : ""));
  }

  CheckOutcome symmetric() throws Unobservable {
    List<IdRange> uids = of(IdType.SUBUID);
    List<IdRange> gids = of(IdType.SUBGID);
    if (uids.isEmpty() && gids.isEmpty()) {
      return CheckOutcome.notApplicable(user.name() + " has no ranges");
    }
    return uids.equals(gids)
        ? CheckOutcome.pass("subuids and subgids are the same numbers")
        : CheckOutcome.warn(
            "subuid %s and subgid %s differ".formatted(uids, gids),
            "Nothing, if project GIDs were granted; else allocate both from the registry.");
  }

  private Optional<SnapshotRow> registered() {
    return ServedRanges.of(node.present(), node.settings(), user.name()).registered();
  }

  private Optional<Long> realId(List<IdRange> ranges, IdType type) {
    List<Long> real = new ArrayList<>(node.present().accounts().ids(type));
    node.present().lastGood().stream()
        .flatMap(snapshot -> snapshot.rows().stream())
        .map(SnapshotRow::uidNumber)
        .forEach(real::add);
    return real.stream()
        .filter(id -> ranges.stream().anyMatch(range -> range.contains(id)))
        .findFirst();
  }

  private List<IdRange> getsubids(IdType type) throws Unobservable {
    Answer answer =
        type == IdType.SUBUID
            ? SystemPrograms.run("getsubids", user.name())
            : SystemPrograms.run("getsubids", "-g", user.name());
    List<IdRange> ranges = new ArrayList<>();
    for (Matcher row = LISTED.matcher(answer.said()); row.find(); ) {
      ranges.add(new IdRange(Long.parseLong(row.group(1)), Long.parseLong(row.group(2))));
    }
    if (ranges.isEmpty() && answer.status() != 1) {
      throw new Unobservable("getsubids says: " + answer.said().strip());
    }
    return ranges;
  }
}
