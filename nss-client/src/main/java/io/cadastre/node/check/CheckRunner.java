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
import io.cadastre.storage.fitness.RecommendedConf;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SubidRow;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks a node's fitness for rootless containers, for one user or for all users that have ranges.
 */
public final class CheckRunner {
  private final CheckedNode node;
  private final FactCollector.Options options;

  /**
   * What the command line asks for.
   *
   * @param probing whether to act as the user too
   * @param engine the edition of the storage.conf rules; empty for that of the node's Podman
   * @param nodemap the IDs that the Lustre servers allow this node; empty if that is not known
   */
  public record Options(boolean probing, Optional<Engine> engine, Optional<IdRange> nodemap) {}

  /**
   * The outcome of a check.
   *
   * @param user the user it is about; empty for the node itself
   */
  public record Result(NodeCheck check, Optional<String> user, CheckOutcome outcome) {}

  private CheckRunner(CheckedNode node, FactCollector.Options options) {
    this.node = node;
    this.options = options;
  }

  /**
   * Opens a file tree for checks: reads the files of the node, and asks Podman for its version if
   * no edition is given.
   */
  public static CheckRunner open(
      NodeTree tree, NodeSettings settings, Acceptances accepted, Options options)
      throws IOException, NodeFailure {
    HostInspector host = new HostInspector(tree);
    return new CheckRunner(
        CheckedNode.inspect(host, NodeState.observe(tree), settings, accepted),
        new FactCollector.Options(
            options.engine().orElseGet(() -> PodmanEdition.detect(host)),
            options.probing(),
            options.nodemap()));
  }

  /** The name of the user who runs this process. */
  public static String callerName() {
    return System.getProperty("user.name");
  }

  /**
   * Runs the checks of the node itself, in their order.
   *
   * @param alone whether no user is checked: the checks of a user are included then, as unknown
   */
  public List<Result> checkNode(boolean alone) {
    return Stream.of(NodeCheck.values())
        .filter(check -> alone || !check.ofUser())
        .map(check -> new Result(check, Optional.empty(), check.judge(node)))
        .toList();
  }

  /**
   * Runs the checks of one user, in their order.
   *
   * @param tree receives the user and the facts, as the service reads them
   */
  public List<Result> checkUser(String name, Consumer<Map<String, Object>> tree)
      throws NodeFailure {
    UserAccount user = account(name);
    CheckContext context = new FactCollector(node, user, options).collect();
    tree.accept(context.tree());
    return Stream.of(NodeCheck.values())
        .filter(NodeCheck::ofUser)
        .map(check -> new Result(check, Optional.of(user.name()), check.judge(context)))
        .toList();
  }

  /** The storage.conf of a user as Podman reads it, and the findings about it. */
  public Explanation explanation(String name) throws NodeFailure {
    try {
      return new FactCollector(node, account(name), options).collect().explanation();
    } catch (Unobservable e) {
      throw new HiddenFiles(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The explanation with the changes against another edition.
   *
   * @param installed the edition to compare with; empty for that of the node's Podman
   */
  public Explanation comparison(String name, Optional<Engine> installed) throws NodeFailure {
    try {
      CheckContext context = new FactCollector(node, account(name), options).collect();
      return context.comparing(
          installed.orElseGet(() -> PodmanEdition.detect(node.host())), context.engine());
    } catch (Unobservable e) {
      throw new HiddenFiles(String.valueOf(e.getMessage()));
    }
  }

  /** A storage.conf that fits a user on this node, with the settings that the user has. */
  public String storageConf(String name) throws NodeFailure {
    UserAccount user = account(name);
    try {
      return new FactCollector(node, user, options)
          .including(RecommendedConf.paths(user.caller()))
          .recommendedConf();
    } catch (Unobservable e) {
      throw new HiddenFiles(String.valueOf(e.getMessage()));
    }
  }

  /**
   * All users that have a range on this node: the owners in the snapshot, and those of local rows.
   */
  public List<String> usersWithRanges() throws NodeFailure {
    Set<String> names = new LinkedHashSet<>();
    Set<String> uids = new HashSet<>();
    node.nodeState().lastGood().stream()
        .flatMap(snapshot -> snapshot.rows().stream())
        .forEach(
            row -> {
              names.add(row.name().value());
              uids.add(Long.toString(row.uidNumber()));
            });
    // With "owners = uid" these are the same owners again.
    node.nodeState().rows(IdType.SUBUID).stream()
        .map(SubidRow::owner)
        .filter(owner -> !uids.contains(owner))
        .forEach(names::add);
    try {
      return new UserAccounts(node.host())
          .resolve(List.copyOf(names)).stream().map(UserAccount::name).toList();
    } catch (Unobservable e) {
      throw new NoSuchUser(names.toString(), String.valueOf(e.getMessage()));
    }
  }

  private UserAccount account(String name) throws NoSuchUser {
    try {
      UserAccounts accounts = new UserAccounts(node.host());
      return accounts.withGroups(
          accounts
              .resolve(name)
              .orElseThrow(
                  () -> new NoSuchUser(name, "neither passwd(5) nor NSS has this name or uid")));
    } catch (Unobservable e) {
      throw new NoSuchUser(name, String.valueOf(e.getMessage()));
    }
  }
}
