/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Engine;
import io.cadastre.storage.StorageRequest;
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
 * A user on a node, and everything that was observed of both.
 *
 * @param node the node
 * @param user the user whose containers run
 * @param engine the edition of the storage.conf rules that the node's Podman follows
 * @param facts the facts by which a storage.conf is judged
 * @param request the files and the environment; empty if the files are hidden from this process
 * @param explained the user's storage.conf as Podman reads it, and the findings about it; empty if
 *     the files are hidden from this process
 * @param hidden why {@code explained} is empty
 * @param probe the results of acting as the user; empty if that was not asked for
 */
record CheckContext(
    CheckedNode node,
    UserAccount user,
    Engine engine,
    Facts facts,
    Optional<StorageRequest> request,
    Optional<Explanation> explained,
    String hidden,
    Optional<Probe> probe) {

  /**
   * The ranges of the user.
   *
   * @throws Unobservable if they are not known
   */
  List<IdRange> ranges(IdType type) throws Unobservable {
    return new UserRanges(node, user).lookUp(type);
  }

  /**
   * The user's storage.conf as Podman reads it, and the findings about it.
   *
   * @throws Unobservable if this process may not read the files
   */
  Explanation explanation() throws Unobservable {
    return explained.orElseThrow(() -> new Unobservable(hidden));
  }

  /**
   * The explanation by another edition, with the changes against the node's.
   *
   * @param installed the edition to compare with
   * @param asked the edition that explains
   * @throws Unobservable if this process may not read the files
   */
  Explanation comparing(Engine installed, Engine asked) throws Unobservable {
    StorageRequest seen = request.orElseThrow(() -> new Unobservable(hidden));
    // The collected facts: each edition between the two would look at the node again.
    return Explanation.comparing(
        new StorageRequest(
            seen.files(),
            seen.environment(),
            seen.user(),
            asked,
            facts.support(seen.user()),
            seen.session()),
        installed,
        facts);
  }

  /**
   * The settings in force.
   *
   * @throws Unobservable if Podman refuses the files
   */
  EffectiveStorage effective() throws Unobservable {
    return explanation()
        .judgement()
        .effective()
        .orElseThrow(() -> new Unobservable("the settings in force are not known (N11)"));
  }

  /**
   * The results of acting as the user.
   *
   * @throws Unobservable if that was not asked for
   */
  Probe probed() throws Unobservable {
    return probe.orElseThrow(() -> new Unobservable("this needs a try: run check with --probe"));
  }

  /** The user and the facts, as the service reads them. */
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
