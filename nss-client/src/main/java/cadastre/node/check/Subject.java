/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import cadastre.subid.IdRange;
import cadastre.subid.IdType;
import cadastre.subid.fitness.Explanation;
import cadastre.subid.fitness.Facts;
import cadastre.subid.fitness.FactsTree;
import cadastre.subid.storage.EffectiveStorage;
import cadastre.subid.storage.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user on a node, and all that was seen of them together.
 *
 * @param node the node
 * @param user whose containers are to run
 * @param engine the edition of storage.conf's rules that the node's Podman follows
 * @param facts what storage.conf is judged by
 * @param explained what Podman makes of his storage.conf, and what is found about it; empty where
 *     his files are hidden from us
 * @param hidden why it is empty then
 * @param probe what acting as he has shown; empty where that was not asked for
 */
record Subject(
    Node node,
    Account user,
    Engine engine,
    Facts facts,
    Optional<Explanation> explained,
    String hidden,
    Optional<Probe> probe) {

  /**
   * His ranges.
   *
   * @throws Unseen if they are not known
   */
  List<IdRange> ranges(IdType type) throws Unseen {
    return new UserRanges(node, user).of(type);
  }

  /**
   * What Podman makes of his storage.conf, and what is found about it.
   *
   * @throws Unseen if we may not look at his files
   */
  Explanation explanation() throws Unseen {
    return explained.orElseThrow(() -> new Unseen(hidden));
  }

  /**
   * The settings in force.
   *
   * @throws Unseen if they could not be made out
   */
  EffectiveStorage effective() throws Unseen {
    return explanation()
        .judgement()
        .effective()
        .orElseThrow(() -> new Unseen("the settings in force cannot be made out (N11)"));
  }

  /**
   * What acting has shown.
   *
   * @throws Unseen if that was not asked for
   */
  Probe probed() throws Unseen {
    return probe.orElseThrow(() -> new Unseen("only trying tells: run check with --probe"));
  }

  /** Who he is, and the facts, as the service takes them. */
  Map<String, Object> tree() {
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("name", user.name());
    account.put("uid", user.uid());
    account.put("home", user.home());
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("user", account);
    tree.put("engine", engine.word());
    tree.put("facts", FactsTree.of(facts));
    return tree;
  }
}
