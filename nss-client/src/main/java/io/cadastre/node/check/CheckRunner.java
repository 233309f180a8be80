/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.sync.NodeState;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.storage.Engine;
import io.cadastre.storage.fitness.Explanation;
import io.cadastre.storage.fitness.Facts;
import io.cadastre.storage.fitness.RecommendedConf;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SubidRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A node's fitness for rootless containers, for one user or for all that have ranges. */
public final class CheckRunner {
  private final CheckedNode node;
  private final FactCollector.Orders orders;

  /**
   * What is asked for.
   *
   * @param probing whether to act as the user, too
   * @param engine the edition of storage.conf's rules; empty for that of the node's Podman
   * @param nodemap the IDs that the Lustre servers let this node use; empty if that is not known
   */
  public record Wanted(boolean probing, Optional<Engine> engine, Optional<IdRange> nodemap) {}

  /**
   * The outcome of a check.
   *
   * @param user whom it is about; empty for the node itself
   */
  public record Result(NodeCheck check, Optional<String> user, CheckOutcome outcome) {}

  private CheckRunner(CheckedNode node, FactCollector.Orders orders) {
    this.node = node;
    this.orders = orders;
  }

  /** The checkup of a file tree. */
  public static CheckRunner of(
      NodeTree tree, NodeSettings settings, Acceptances accepted, Wanted wanted)
      throws IOException, NodeFailure {
    HostInspector sight = new HostInspector(tree);
    return new CheckRunner(
        CheckedNode.of(sight, NodeState.read(tree), settings, accepted),
        new FactCollector.Orders(
            wanted.engine().orElseGet(() -> PodmanEdition.of(sight)),
            wanted.probing(),
            wanted.nodemap()));
  }

  /** Whom the running process belongs to. */
  public static String self() {
    return System.getProperty("user.name");
  }

  /**
   * The checks of the node itself, in their order.
   *
   * @param alone whether there is no user to check: what is about one is unknown then
   */
  public List<Result> node(boolean alone) {
    return Stream.of(NodeCheck.values())
        .filter(check -> alone || !check.ofUser())
        .map(check -> new Result(check, Optional.empty(), check.judge(node)))
        .toList();
  }

  /**
   * The checks of one user, in their order.
   *
   * @param tree takes who he is and the facts, as the service is sent them
   */
  public List<Result> user(String name, Consumer<Map<String, Object>> tree) throws NodeFailure {
    CheckContext subject = new FactCollector(node, account(name), orders).subject();
    tree.accept(subject.tree());
    return Stream.of(NodeCheck.values())
        .filter(NodeCheck::ofUser)
        .map(check -> new Result(check, Optional.of(name), check.judge(subject)))
        .toList();
  }

  /** What Podman makes of a user's storage.conf. */
  public Explanation explanation(String name) throws NodeFailure {
    try {
      return new FactCollector(node, account(name), orders).subject().explanation();
    } catch (Unobservable e) {
      throw new HiddenFiles(String.valueOf(e.getMessage()));
    }
  }

  /** A storage.conf that is right for a user on this node. */
  public String storageConf(String name) throws NodeFailure {
    UserAccount user = account(name);
    Facts facts =
        new FactCollector(node, user, orders).with(RecommendedConf.CANDIDATES).subject().facts();
    return RecommendedConf.of(facts, user.caller());
  }

  /** Everybody who has a range here: the registry's owners, and those of local rows. */
  public List<String> everybody() throws NodeFailure {
    Set<String> names = new LinkedHashSet<>();
    node.present().lastGood().stream()
        .flatMap(snapshot -> snapshot.rows().stream())
        .forEach(row -> names.add(row.name().value()));
    node.present().managed(IdType.SUBUID).rows().stream()
        .map(SubidRow::owner)
        .filter(owner -> !owner.matches("[0-9]+"))
        .forEach(names::add);
    try {
      return new UserAccounts(node.sight())
          .of(new ArrayList<>(names)).stream().map(UserAccount::name).toList();
    } catch (Unobservable e) {
      throw new NoSuchUser(names.toString(), String.valueOf(e.getMessage()));
    }
  }

  private UserAccount account(String name) throws NoSuchUser {
    try {
      UserAccounts accounts = new UserAccounts(node.sight());
      return accounts.withGroups(
          accounts.of(List.of(name)).stream()
              .findFirst()
              .orElseThrow(() -> new NoSuchUser(name, "neither passwd(5) nor NSS knows him")));
    } catch (Unobservable e) {
      throw new NoSuchUser(name, String.valueOf(e.getMessage()));
    }
  }
}
