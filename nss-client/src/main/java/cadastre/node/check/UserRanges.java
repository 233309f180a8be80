/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import cadastre.node.check.Commands.Answer;
import cadastre.node.failure.NodeFailure;
import cadastre.node.settings.Mode;
import cadastre.node.sync.ServedRanges;
import cadastre.subid.IdRange;
import cadastre.subid.IdType;
import cadastre.subid.SnapshotRow;
import cadastre.subid.SubidRow;
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

  private final Node node;
  private final Account user;

  UserRanges(Node node, Account user) {
    this.node = node;
    this.user = user;
  }

  /**
   * What libsubid gives him: from the node's own files where they are its source, else from
   * getsubids(1) on the running system.
   */
  List<IdRange> of(IdType type) throws Unseen {
    String source = node.subidSource();
    String served = node.settings().mode() == Mode.PLUGIN ? "cadastre" : "files";
    if (source.equals(served)) {
      try {
        return ServedRanges.of(node.present(), node.settings(), user.name()).of(type).stream()
            .map(SubidRow::range)
            .toList();
      } catch (NodeFailure e) {
        throw new Unseen(String.valueOf(e.getMessage()));
      }
    }
    if (!node.sight().live()) {
      throw new Unseen("\"subid: %s\" answers on the running system only".formatted(source));
    }
    return getsubids(type);
  }

  Outcome enough() throws Unseen {
    List<String> wrong = new ArrayList<>();
    for (IdType type : IdType.values()) {
      List<IdRange> ranges = of(type);
      long count = ranges.stream().mapToLong(IdRange::count).sum();
      if (ranges.isEmpty()) {
        return Outcome.fail(
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
      return Outcome.fail(
          user.name() + ": " + String.join("; ", wrong),
          "Run cadastre-node sync and verify; a range that holds a real ID is the registry's to mend.");
    }
    return Outcome.pass(
        "%s has subuid %s%s"
            .formatted(
                user.name(),
                of(IdType.SUBUID).get(0),
                registered().isPresent() ? ", as the registry says" : ""));
  }

  Outcome symmetric() throws Unseen {
    List<IdRange> uids = of(IdType.SUBUID);
    List<IdRange> gids = of(IdType.SUBGID);
    if (uids.isEmpty() && gids.isEmpty()) {
      return Outcome.notApplicable(user.name() + " has no ranges");
    }
    return uids.equals(gids)
        ? Outcome.pass("subuids and subgids are the same numbers")
        : Outcome.warn(
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

  private List<IdRange> getsubids(IdType type) throws Unseen {
    Answer answer =
        type == IdType.SUBUID
            ? Commands.run("getsubids", user.name())
            : Commands.run("getsubids", "-g", user.name());
    List<IdRange> ranges = new ArrayList<>();
    for (Matcher row = LISTED.matcher(answer.said()); row.find(); ) {
      ranges.add(new IdRange(Long.parseLong(row.group(1)), Long.parseLong(row.group(2))));
    }
    if (ranges.isEmpty() && answer.status() != 1) {
      throw new Unseen("getsubids says: " + answer.said().strip());
    }
    return ranges;
  }
}
