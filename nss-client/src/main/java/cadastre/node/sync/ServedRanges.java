/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.sync;

import cadastre.node.failure.NodeFailure;
import cadastre.node.guard.LocalAccounts.Account;
import cadastre.node.settings.Mode;
import cadastre.node.settings.Settings;
import cadastre.subid.IdType;
import cadastre.subid.SnapshotRow;
import cadastre.subid.SubidRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ranges that a node serves one owner, in either mode. */
public final class ServedRanges {
  private final Present present;
  private final Settings settings;
  private final String owner;

  private ServedRanges(Present present, Settings settings, String owner) {
    this.present = present;
    this.settings = settings;
    this.owner = owner;
  }

  /**
   * Those of this owner.
   *
   * @param owner a login name or a uid
   */
  public static ServedRanges of(Present present, Settings settings, String owner) {
    return new ServedRanges(present, settings, owner);
  }

  /**
   * The rows of one ID space.
   *
   * @throws NodeFailure if the marker lines of the file are damaged
   */
  public List<SubidRow> of(IdType type) throws NodeFailure {
    return settings.mode() == Mode.PLUGIN
        ? plugin(settings.guards().singleGidGrants(), type)
        : files(type);
  }

  /** What the registry gives him, as the last snapshot has it. */
  public Optional<SnapshotRow> registered() {
    return present.lastGood().stream()
        .flatMap(snapshot -> snapshot.rows().stream())
        .filter(
            row -> owner.equals(row.name().value()) || owner.equals(Long.toString(row.uidNumber())))
        .findFirst();
  }

  private List<SubidRow> files(IdType type) throws NodeFailure {
    Set<String> names = namesOf();
    return present.managed(type).rows().stream()
        .filter(row -> names.contains(row.owner()))
        .toList();
  }

  /** As libsubid's plugin answers: for an owner that the snapshot knows, the snapshot alone. */
  private List<SubidRow> plugin(boolean grants, IdType type) throws NodeFailure {
    Optional<SnapshotRow> registered = registered();
    if (registered.isEmpty()) {
      return files(type);
    }
    List<SubidRow> rows = new ArrayList<>();
    rows.add(new SubidRow(owner, registered.get().range(type)));
    if (grants && type == IdType.SUBGID) {
      files(type).stream().filter(row -> row.range().count() == 1).forEach(rows::add);
    }
    return rows;
  }

  /** What the owner field may hold: subuid(5) allows the name and the uid, whichever was typed. */
  private Set<String> namesOf() {
    Set<String> names = new HashSet<>(Set.of(owner));
    for (Account user : present.accounts().users()) {
      join(names, user.name(), user.id());
    }
    present.lastGood().stream()
        .flatMap(snapshot -> snapshot.rows().stream())
        .forEach((SnapshotRow row) -> join(names, row.name().value(), row.uidNumber()));
    return names;
  }

  private void join(Set<String> names, String name, long uid) {
    if (owner.equals(name) || owner.equals(Long.toString(uid))) {
      names.add(name);
      names.add(Long.toString(uid));
    }
  }
}
