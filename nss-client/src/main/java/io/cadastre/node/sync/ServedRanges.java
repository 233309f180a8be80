/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.GuardSettings;
import io.cadastre.node.guard.LocalAccounts.Account;
import io.cadastre.node.guard.Window;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SnapshotRow;
import io.cadastre.subid.SubidRow;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The ranges that a node serves to one owner, in either mode. */
public final class ServedRanges {
  private static final long FIRST_SUBORDINATE = Window.DEFAULT.allowed().start();

  private final NodeState nodeState;
  private final NodeSettings settings;
  private final String owner;

  private ServedRanges(NodeState nodeState, NodeSettings settings, String owner) {
    this.nodeState = nodeState;
    this.settings = settings;
    this.owner = owner;
  }

  /**
   * The ranges of one owner.
   *
   * @param owner a login name or a uid
   */
  public static ServedRanges of(NodeState nodeState, NodeSettings settings, String owner) {
    return new ServedRanges(nodeState, settings, owner);
  }

  /** The rows in one ID space. */
  public List<SubidRow> rows(IdType type) {
    return settings.mode() == Mode.PLUGIN ? plugin(type) : rows(type, namesInFiles()).toList();
  }

  /** The row of this owner in the last snapshot. */
  public Optional<SnapshotRow> registered() {
    return registered(Set.of(owner));
  }

  private Optional<SnapshotRow> registered(Set<String> names) {
    return snapshotRows()
        .filter(
            row ->
                names.contains(row.name().value())
                    || names.contains(Long.toString(row.uidNumber())))
        .findFirst();
  }

  /**
   * Answers as the libsubid plugin does: for an owner in the snapshot, only the snapshot counts. A
   * local account has no ranges if the snapshot has its uid or its name for another owner (decision
   * 0041).
   */
  private List<SubidRow> plugin(IdType type) {
    GuardSettings guards = settings.guards();
    Optional<SnapshotRow> registered = registered();
    if (registered.isPresent()) {
      SnapshotRow row = registered.get();
      Set<String> names = Set.of(row.name().value(), Long.toString(row.uidNumber()));
      return Stream.concat(
              Stream.of(new SubidRow(owner, row.range(type))),
              rows(type, names).filter(local -> guards.grants(type, local)))
          .toList();
    }
    Set<String> names = localNames();
    if (registered(names).isPresent()) {
      return List.of();
    }
    return rows(type, names)
        .filter(row -> row.range().start() >= FIRST_SUBORDINATE || guards.grants(type, row))
        .toList();
  }

  private Stream<SubidRow> rows(IdType type, Set<String> names) {
    return nodeState.rows(type).stream().filter(row -> names.contains(row.owner()));
  }

  private Stream<SnapshotRow> snapshotRows() {
    return nodeState.served().stream().flatMap(snapshot -> snapshot.rows().stream());
  }

  /** The values that the owner field may have: subuid(5) allows both the name and the uid. */
  private Set<String> namesInFiles() {
    Set<String> names = localNames();
    nodeState.lastGood().stream()
        .flatMap(snapshot -> snapshot.rows().stream())
        .forEach(row -> join(names, row.name().value(), row.uidNumber()));
    return names;
  }

  private Set<String> localNames() {
    Set<String> names = new HashSet<>(Set.of(owner));
    for (Account user : nodeState.accounts().users()) {
      join(names, user.name(), user.id());
    }
    return names;
  }

  private void join(Set<String> names, String name, long uid) {
    if (owner.equals(name) || owner.equals(Long.toString(uid))) {
      names.add(name);
      names.add(Long.toString(uid));
    }
  }
}
