/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.IdsInUse.IdInUse;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SnapshotRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * N06 and N07: whether the ranges of a user are enough, and free of the IDs of accounts and groups.
 * Each problem has the next step for the row that it is about: a local row is edited in its file, a
 * row of the registry is changed there. Not thread-safe.
 */
final class RangeChecks {
  /** With fewer IDs many images fail, and Apptainer and rootless Docker refuse to start. */
  private static final long ENOUGH = 65536;

  /** The first gid of a group that the plugin lets a row grant (decision 0043). */
  private static final long FIRST_GRANT = 1000;

  private static final Set<Long> NOBODY = Set.of(65534L, 65535L);

  private static final String SAME_IDENTITY =
      "Give the account the same name and uid in NSS as in the registry: N26, N27 and N28 say what"
          + " SSSD changes.";

  private final CheckedNode node;
  private final UserAccount user;
  private final UserRanges userRanges;
  private final boolean plugin;
  private final List<String> wrong = new ArrayList<>();
  private final Set<String> remedies = new LinkedHashSet<>();

  RangeChecks(CheckedNode node, UserAccount user) throws Unobservable {
    this.node = node;
    this.user = user;
    this.userRanges = new UserRanges(node, user);
    this.plugin = node.subidSource().equals("cadastre");
  }

  /** N06. */
  CheckOutcome enough() throws Unobservable {
    for (IdType type : IdType.values()) {
      List<IdRange> ranges = userRanges.lookUp(type);
      overflows(type);
      if (ranges.isEmpty() && wrong.isEmpty()) {
        return none(type);
      }
      count(type, ranges);
      disjoint(type, ranges);
      for (IdRange range : ranges) {
        unused(type, range);
      }
      registered(type, ranges);
    }
    if (!wrong.isEmpty()) {
      return CheckOutcome.fail(
          user.name() + ": " + String.join("; ", wrong), String.join(" ", remedies));
    }
    return CheckOutcome.pass(
        "%s has subuid %s%s"
            .formatted(
                user.name(),
                userRanges.lookUp(IdType.SUBUID).get(0),
                userRanges.registered().isPresent() ? ", as in the registry" : ""));
  }

  /** N07. */
  CheckOutcome symmetric() throws Unobservable {
    List<IdRange> uids = userRanges.lookUp(IdType.SUBUID).stream().sorted().toList();
    List<IdRange> gids = userRanges.lookUp(IdType.SUBGID).stream().sorted().toList();
    List<IdRange> grants = gids.stream().filter(range -> isGrant(IdType.SUBGID, range)).toList();
    List<IdRange> others = gids.stream().filter(range -> !grants.contains(range)).toList();
    if (uids.isEmpty() && gids.isEmpty()) {
      return CheckOutcome.notApplicable(user.name() + " has no ranges");
    }
    return uids.equals(others)
        ? CheckOutcome.pass(
            "subuids and subgids are the same numbers"
                + (grants.isEmpty() ? "" : "; single gids are granted: " + gids(grants)))
        : CheckOutcome.warn(
            "subuid %s and subgid %s differ".formatted(uids, others),
            "Nothing to do if this is on purpose; otherwise allocate both in the registry.");
  }

  private static List<Long> gids(List<IdRange> grants) {
    return grants.stream().map(IdRange::start).toList();
  }

  private CheckOutcome none(IdType type) throws Unobservable {
    String what = "%s has no %s range".formatted(user.name(), type.word());
    Optional<String> unread = SubidFiles.unread(node, type);
    if (unread.isPresent() && node.subidSource().equals("files")) {
      return CheckOutcome.fail(what + ": " + unread.get(), "Do what N05 says.");
    }
    if (userRanges.held()) {
      return userRanges.heldBack(what);
    }
    Optional<SnapshotRow> registered = userRanges.registered();
    if (registered.isPresent()) {
      return CheckOutcome.fail(
          "%s, but the registry has %s of %s, uid %d"
              .formatted(
                  what,
                  registered.get().range(type),
                  registered.get().name(),
                  registered.get().uidNumber()),
          isSame(registered.get())
              ? "Run \"cadastre-node verify\", then \"cadastre-node sync\"."
              : SAME_IDENTITY);
    }
    return CheckOutcome.fail(
        what,
        "Allocate one (PUT /v1/owners/%s), then run cadastre-node sync.".formatted(user.name()));
  }

  /** The plugin cuts such a range at the last ID, and newuidmap then maps it. */
  private void overflows(IdType type) throws Unobservable {
    if (plugin) {
      return;
    }
    for (PlacedRow row : userRanges.lines(type)) {
      if (row.overflows()) {
        problem(row.refusal(), row.remedy());
      }
    }
  }

  private void count(IdType type, List<IdRange> ranges) throws Unobservable {
    List<IdRange> own = ranges.stream().filter(range -> !isGrant(type, range)).toList();
    long count = own.stream().mapToLong(IdRange::count).sum();
    if (count < ENOUGH && (!ranges.isEmpty() || wrong.isEmpty())) {
      problem("%d %ss are fewer than %d".formatted(count, type.word(), ENOUGH), raise(type, own));
    }
  }

  private String raise(IdType type, List<IdRange> own) throws Unobservable {
    if (own.isEmpty()) {
      return none(type).remedy();
    }
    return userRanges.registered().isPresent()
        ? "Allocate from a pool that gives %d IDs to each owner.".formatted(ENOUGH)
        : edit(type, own.get(0), "raise the count, if the IDs behind it are free");
  }

  /** Podman passes all ranges to newuidmap, and the kernel refuses a map that overlaps. */
  private void disjoint(IdType type, List<IdRange> ranges) throws Unobservable {
    List<IdRange> sorted = ranges.stream().sorted().toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).overlaps(sorted.get(i - 1))) {
        problem(
            "%s %s and %s overlap: Podman fails with \"Invalid argument\""
                .formatted(type.word(), sorted.get(i - 1), sorted.get(i)),
            sorted.get(i).equals(sorted.get(i - 1)) && isRegistered(type, sorted.get(i))
                ? "Run \"cadastre-node sync --adopt\": it removes the local row."
                : edit(type, localOf(sorted.get(i - 1), sorted.get(i), type), "remove the row"));
      }
    }
  }

  private IdRange localOf(IdRange one, IdRange other, IdType type) {
    return isRegistered(type, other) ? one : other;
  }

  private void unused(IdType type, IdRange range) throws Unobservable {
    Optional<IdInUse> real = new IdsInUse(node, user, type).in(range);
    if (real.isEmpty() || (!real.get().own() && isGrant(type, range))) {
      return;
    }
    problem(
        "%s %d, of the range %s, is %s%s"
            .formatted(
                type.word(),
                real.get().id(),
                range,
                real.get().holder(),
                real.get().own() ? ": Podman does not map such a range" : ""),
        isRegistered(type, range)
            ? "The registry has to give another range: cadastre supersede %s --reason WHY"
                .formatted(user.name())
            : edit(type, range, "choose IDs that no account or group has"));
  }

  private void registered(IdType type, List<IdRange> ranges) throws Unobservable {
    Optional<SnapshotRow> registered = userRanges.registered();
    if (registered.isPresent() && !isSame(registered.get()) && plugin) {
      problem(
          "the registry has %s, uid %d, and this node %s, uid %d: the plugin gives newuidmap nothing"
              .formatted(
                  registered.get().name(), registered.get().uidNumber(), user.name(), user.uid()),
          SAME_IDENTITY);
    }
    if (registered.isPresent() && !ranges.contains(registered.get().range(type))) {
      problem(
          "the registry has %s %s, the node has %s"
              .formatted(type.word(), registered.get().range(type), ranges),
          "Run \"cadastre-node sync\", then \"cadastre-node verify\".");
    }
  }

  private boolean isSame(SnapshotRow row) {
    return row.name().value().equals(user.name()) && row.uidNumber() == user.uid();
  }

  private void problem(String what, String remedy) {
    wrong.add(what);
    remedies.add(remedy);
  }

  private boolean isRegistered(IdType type, IdRange range) {
    return userRanges.registered().filter(row -> row.range(type).equals(range)).isPresent();
  }

  /** Names the line of a local range, and what to do with it. */
  private String edit(IdType type, IdRange range, String what) throws Unobservable {
    return userRanges.lines(type).stream()
        .filter(row -> row.range().equals(Optional.of(range)))
        .findFirst()
        .map(
            row ->
                "Edit %s: %s. Then %s runs podman system migrate."
                    .formatted(row, what, user.name()))
        .orElseGet(() -> "Change the range %s where libsubid reads it: %s.".formatted(range, what));
  }

  /**
   * Whether a range grants a single project GID: a group of other users then has this ID. shadow
   * has no limit, but root's group is never granted on purpose.
   */
  private boolean isGrant(IdType type, IdRange range) {
    return type == IdType.SUBGID
        && range.count() == 1
        && range.start() >= (plugin ? FIRST_GRANT : 1)
        && !NOBODY.contains(range.start());
  }
}
