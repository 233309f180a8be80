/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.ProgramResult;
import io.cadastre.node.settings.NodeSettings.Mode;
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

/** The ranges that libsubid returns for a user on this node, and the checks N06 and N07. */
final class UserRanges {
  /** With fewer IDs many images fail, and Apptainer and rootless Docker refuse to start. */
  private static final long ENOUGH = 65536;

  private static final Pattern LISTED = Pattern.compile("(?m)^[0-9]+: .* ([0-9]+) ([0-9]+)$");

  private final CheckedNode node;
  private final UserAccount user;

  UserRanges(CheckedNode node, UserAccount user) {
    this.node = node;
    this.user = user;
  }

  /**
   * Looks up the ranges: in the node's own files if libsubid reads those, otherwise with
   * getsubids(1) on the running system.
   */
  List<IdRange> lookUp(IdType type) throws Unobservable {
    String source = node.subidSource();
    String served = node.settings().mode() == Mode.PLUGIN ? "cadastre" : "files";
    if (source.equals(served)) {
      return ServedRanges.of(node.nodeState(), node.settings(), user.name()).rows(type).stream()
          .map(SubidRow::range)
          .toList();
    }
    if (!node.host().live()) {
      throw new Unobservable("\"subid: %s\" answers on the running system only".formatted(source));
    }
    return getsubids(type);
  }

  CheckOutcome enough() throws Unobservable {
    List<String> wrong = new ArrayList<>();
    for (IdType type : IdType.values()) {
      List<IdRange> ranges = lookUp(type);
      long count = ranges.stream().mapToLong(IdRange::count).sum();
      if (ranges.isEmpty()) {
        return CheckOutcome.fail(
            "%s has no %s range".formatted(user.name(), type.word()),
            "Allocate one (PUT /v1/owners/%s), then run cadastre-node sync."
                .formatted(user.name()));
      }
      if (count < ENOUGH) {
        wrong.add("%d %ss are fewer than %d".formatted(count, type.word(), ENOUGH));
      }
      realId(ranges, type)
          .ifPresent(
              id ->
                  wrong.add(
                      "%s %d is the own ID of an account or group".formatted(type.word(), id)));
      registered()
          .filter(row -> !ranges.contains(row.range(type)))
          .ifPresent(
              row ->
                  wrong.add(
                      "the registry has %s %s, the node has %s"
                          .formatted(type.word(), row.range(type), ranges)));
    }
    if (!wrong.isEmpty()) {
      return CheckOutcome.fail(
          user.name() + ": " + String.join("; ", wrong),
          "Run \"cadastre-node sync\", then \"cadastre-node verify\"; a range that holds a real ID has to be repaired in the registry.");
    }
    return CheckOutcome.pass(
        "%s has subuid %s%s"
            .formatted(
                user.name(),
                lookUp(IdType.SUBUID).get(0),
                registered().isPresent() ? ", as in the registry" : ""));
  }

  CheckOutcome symmetric() throws Unobservable {
    List<IdRange> uids = lookUp(IdType.SUBUID);
    List<IdRange> gids = lookUp(IdType.SUBGID);
    if (uids.isEmpty() && gids.isEmpty()) {
      return CheckOutcome.notApplicable(user.name() + " has no ranges");
    }
    return uids.equals(gids)
        ? CheckOutcome.pass("subuids and subgids are the same numbers")
        : CheckOutcome.warn(
            "subuid %s and subgid %s differ".formatted(uids, gids),
            "Nothing to do if project GIDs were granted; otherwise allocate both in the registry.");
  }

  private Optional<SnapshotRow> registered() {
    return ServedRanges.of(node.nodeState(), node.settings(), user.name()).registered();
  }

  private Optional<Long> realId(List<IdRange> ranges, IdType type) {
    List<Long> real = new ArrayList<>(node.nodeState().accounts().ids(type));
    node.nodeState().lastGood().stream()
        .flatMap(snapshot -> snapshot.rows().stream())
        .map(SnapshotRow::uidNumber)
        .forEach(real::add);
    return real.stream()
        .filter(id -> ranges.stream().anyMatch(range -> range.contains(id)))
        .findFirst();
  }

  private List<IdRange> getsubids(IdType type) throws Unobservable {
    ProgramResult result =
        type == IdType.SUBUID
            ? SystemPrograms.run("getsubids", user.name())
            : SystemPrograms.run("getsubids", "-g", user.name());
    List<IdRange> ranges = new ArrayList<>();
    for (Matcher row = LISTED.matcher(result.output()); row.find(); ) {
      ranges.add(new IdRange(Long.parseLong(row.group(1)), Long.parseLong(row.group(2))));
    }
    if (ranges.isEmpty() && result.status() != 1) {
      throw new Unobservable("getsubids says: " + result.output().strip());
    }
    return ranges;
  }
}
