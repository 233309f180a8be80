/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Engine;
import io.cadastre.storage.fitness.Explanation;
import io.cadastre.storage.fitness.Facts;
import io.cadastre.storage.fitness.FactsTree;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
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
record CheckContext(
    CheckedNode node,
    UserAccount user,
    Engine engine,
    Facts facts,
    Optional<Explanation> explained,
    String hidden,
    Optional<Probe> probe) {

  /**
   * His ranges.
   *
   * @throws Unobservable if they are not known
   */
  List<IdRange> ranges(IdType type) throws Unobservable {
    return new UserRanges(node, user).of(type);
  }

  /**
   * What Podman makes of his storage.conf, and what is found about it.
   *
   * @throws Unobservable if we may not look at his files
   */
  Explanation explanation() throws Unobservable {
    return explained.orElseThrow(() -> new Unobservable(hidden));
  }

  /**
   * The settings in force.
   *
   * @throws Unobservable if they could not be made out
   */
  EffectiveStorage effective() throws Unobservable {
    return explanation()
        .judgement()
        .effective()
        .orElseThrow(() -> new Unobservable("the settings in force cannot be made out (N11)"));
  }

  /**
   * What acting has shown.
   *
   * @throws Unobservable if that was not asked for
   */
  Probe probed() throws Unobservable {
    return probe.orElseThrow(() -> new Unobservable("only trying tells: run check with --probe"));
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
