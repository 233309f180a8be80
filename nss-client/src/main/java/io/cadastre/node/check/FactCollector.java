/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.Attributes;
import io.cadastre.storage.DriverOption;
import io.cadastre.storage.DriverSupport;
import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Engine;
import io.cadastre.storage.Setting;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StorageJudgement;
import io.cadastre.storage.StoragePaths;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageRules;
import io.cadastre.storage.fitness.Explanation;
import io.cadastre.storage.fitness.Facts;
import io.cadastre.storage.fitness.PathFacts;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what is to be known of a user on a node. */
final class FactCollector {
  private final CheckedNode node;
  private final UserAccount user;
  private final Orders orders;
  private final Map<String, PathFacts> paths = new LinkedHashMap<>();

  /**
   * What was asked for on the command line.
   *
   * @param engine the edition of storage.conf's rules
   * @param probing whether to act as the user
   * @param nodemap the IDs that the Lustre servers let through, if that was said
   */
  record Orders(Engine engine, boolean probing, Optional<IdRange> nodemap) {}

  FactCollector(CheckedNode node, UserAccount user, Orders orders) {
    this.node = node;
    this.user = user;
    this.orders = orders;
  }

  /** Looks at other paths, too. */
  FactCollector with(List<String> others) {
    others.forEach(this::look);
    return this;
  }

  /** All that is to be known of this user. */
  CheckContext subject() {
    Map<String, String> environment = CallerEnvironment.of(node.sight(), user);
    look(user.home());
    look(Facts.FUSE_OVERLAYFS);
    StorageFiles files;
    try {
      files = ConfFiles.read(node.sight(), user, StoragePaths.of(environment, user.caller()));
    } catch (Unobservable e) {
      return subject(Optional.empty(), String.valueOf(e.getMessage()), Optional.empty());
    }
    StorageRequest request =
        new StorageRequest(files, environment, user.caller(), orders.engine(), support());
    StorageJudgement judgement = StorageRules.judge(request);
    judgement.effective().ifPresent(this::lookAtAll);
    Optional<Probe> probe = Optional.empty();
    if (orders.probing() && judgement.effective().isPresent()) {
      probe = Optional.of(probe(judgement.effective().get().graphroot().value(), environment));
    }
    return subject(Optional.of(request), "", probe);
  }

  private CheckContext subject(
      Optional<StorageRequest> request, String hidden, Optional<Probe> probe) {
    // Looking may have made autofs mount something.
    Facts facts = facts(node.withMountsOfNow());
    return new CheckContext(
        node,
        user,
        orders.engine(),
        facts,
        request.map(seen -> Explanation.of(seen, facts)),
        hidden,
        probe);
  }

  /** Looks at a path when it is asked for. */
  private DriverSupport support() {
    return new DriverSupport(
        path -> knowing(path).nativeOverlay().test(path),
        knowing(Facts.FUSE_OVERLAYFS).fuseOverlayfs(),
        path -> knowing(path).fileSystem().apply(path),
        path -> look(path).state());
  }

  private DriverSupport knowing(String path) {
    look(path);
    return facts(node).support(user.caller());
  }

  private void lookAtAll(EffectiveStorage effective) {
    look(effective.graphroot().value());
    look(effective.runroot().value());
    effective.additionalImageStores().stream().map(Setting::value).forEach(this::look);
    effective.options().stream()
        .filter(option -> option.name().endsWith("mount_program"))
        .map(DriverOption::value)
        .forEach(this::look);
  }

  private PathFacts look(String path) {
    return paths.computeIfAbsent(path, p -> new PathInspector(node.sight(), user).of(p));
  }

  private Probe probe(String graphroot, Map<String, String> environment) {
    PathFacts seen = look(graphroot);
    String there = new PathInspector(node.sight(), user).nearest(graphroot);
    Probe probe = Probe.of(user, environment, CallerEnvironment.isSelf(user), there);
    // The user names the folder: we make no file for them where they could not.
    Optional<Boolean> attributes =
        seen.writable().equals(Optional.of(false))
            ? Optional.empty()
            : Attributes.taken(node.sight().at(there));
    paths.put(graphroot, seen.tried(attributes, probe.giving()));
    return probe;
  }

  private Facts facts(CheckedNode now) {
    return new Facts(
        now.mounts(),
        paths,
        ranges(IdType.SUBUID),
        ranges(IdType.SUBGID),
        kernel(),
        fuseDevice(),
        orders.nodemap());
  }

  private Optional<List<IdRange>> ranges(IdType type) {
    try {
      return Optional.of(new UserRanges(node, user).of(type));
    } catch (Unobservable e) {
      return Optional.empty();
    }
  }

  private Optional<String> kernel() {
    try {
      return node.sight().text("/proc/sys/kernel/osrelease").map(String::strip);
    } catch (Unobservable e) {
      return Optional.empty();
    }
  }

  private Optional<Boolean> fuseDevice() {
    PathFacts fuse = new PathInspector(node.sight(), user).of("/dev/fuse");
    return fuse.exists()
        .flatMap(
            exists ->
                exists
                    ? fuse.readable().flatMap(reads -> fuse.writable().map(w -> reads && w))
                    : Optional.of(false));
  }
}
