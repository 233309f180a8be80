/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.XattrProbe;
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
import io.cadastre.storage.fitness.ImageStorePaths;
import io.cadastre.storage.fitness.PathFacts;
import io.cadastre.storage.fitness.RecommendedConf;
import io.cadastre.storage.fitness.UsedStore;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the facts about a user on a node. Not thread-safe. */
final class FactCollector {
  private final CheckedNode node;
  private final UserAccount user;
  private final Options options;
  private final Map<String, PathFacts> paths = new LinkedHashMap<>();
  private final Map<String, UsedStore> stores = new LinkedHashMap<>();
  private final Set<ImageStorePaths> imageStores = new HashSet<>();

  /**
   * What the command line asks for.
   *
   * @param engine the edition of the storage.conf rules
   * @param probing whether to act as the user
   * @param nodemap the IDs that the Lustre servers allow; empty if that is not known
   */
  record Options(Engine engine, boolean probing, Optional<IdRange> nodemap) {}

  FactCollector(CheckedNode node, UserAccount user, Options options) {
    this.node = node;
    this.user = user;
    this.options = options;
  }

  /** Inspects other paths too, and returns this. */
  FactCollector including(List<String> others) {
    others.forEach(this::inspect);
    others.forEach(this::lookForStore);
    return this;
  }

  /**
   * The recommended storage.conf for these facts.
   *
   * @throws Unobservable if the present files are hidden from this process
   */
  String recommendedConf() throws Unobservable {
    StorageRequest request = request(CallerEnvironment.observe(node.host(), user));
    for (StorageFiles files : List.of(StorageFiles.of(), request.files())) {
      StorageRules.judge(request.withFiles(files)).effective().ifPresent(this::inspectAll);
    }
    return RecommendedConf.of(request, facts(node.withCurrentMounts()));
  }

  /** Collects all facts. */
  CheckContext collect() {
    Map<String, String> environment = CallerEnvironment.observe(node.host(), user);
    StorageRequest request;
    try {
      request = request(environment);
    } catch (Unobservable e) {
      return context(Optional.empty(), String.valueOf(e.getMessage()), Optional.empty());
    }
    StorageJudgement judgement = StorageRules.judge(request);
    judgement.effective().ifPresent(this::inspectAll);
    // The paths after an upgrade, for the check that foretells it.
    StorageRules.judge(request.withEngine(Engine.MERGED)).effective().ifPresent(this::inspectAll);
    Optional<Probe> probe = Optional.empty();
    if (options.probing() && judgement.effective().isPresent()) {
      probe = Optional.of(probe(judgement.effective().get(), environment));
    }
    return context(Optional.of(request), "", probe);
  }

  private StorageRequest request(Map<String, String> environment) throws Unobservable {
    inspect(user.home());
    inspect(Facts.FUSE_OVERLAYFS);
    StoragePaths paths = StoragePaths.of(environment, user.caller());
    return new StorageRequest(
        ConfFiles.read(node.host(), user, paths),
        environment,
        user.caller(),
        options.engine(),
        support());
  }

  private CheckContext context(
      Optional<StorageRequest> request, String hidden, Optional<Probe> probe) {
    // A look at a path may have made autofs mount it.
    Facts facts = facts(node.withCurrentMounts());
    return new CheckContext(
        node,
        user,
        options.engine(),
        facts,
        request,
        request.map(seen -> Explanation.of(seen, facts)),
        hidden,
        probe);
  }

  /** Inspects a path when Podman would. */
  private DriverSupport support() {
    return new DriverSupport(
        path -> knowing(path).nativeOverlay().test(path),
        knowing(Facts.FUSE_OVERLAYFS).fuseOverlayfs(),
        knowing(Facts.FUSE_OVERLAYFS).currentKernel(),
        path -> knowing(path).fileSystem().apply(path),
        path -> inspect(path).state());
  }

  private DriverSupport knowing(String path) {
    inspect(path);
    return facts(node).support(user.caller());
  }

  private void inspectAll(EffectiveStorage effective) {
    inspect(effective.graphroot().value());
    lookForStore(effective.graphroot().value());
    inspect(effective.runroot().value());
    effective.imagestore().map(Setting::value).ifPresent(this::inspect);
    for (Setting store : effective.additionalImageStores()) {
      String real = inspect(store.value()).real();
      ImageStorePaths inside = new ImageStorePaths(store.value(), effective.driver().value());
      if (imageStores.add(inside)) {
        ImageStoreInspector.inspect(node.host(), user, inside, real).forEach(paths::putIfAbsent);
      }
    }
    effective.options().stream()
        .filter(option -> option.name().endsWith("mount_program"))
        .map(DriverOption::value)
        .forEach(this::inspect);
  }

  private void lookForStore(String graphroot) {
    UsedStores.look(node.host(), graphroot).ifPresent(used -> stores.put(graphroot, used));
  }

  private PathFacts inspect(String path) {
    return paths.computeIfAbsent(path, p -> new PathInspector(node.host(), user).inspect(p));
  }

  /** Tries a chown where images are unpacked, and attributes wherever the driver writes. */
  private Probe probe(EffectiveStorage effective, Map<String, String> environment) {
    String graphroot = effective.graphroot().value();
    String images = effective.imagestore().map(Setting::value).orElse(graphroot);
    String there = new PathInspector(node.host(), user).nearest(images);
    Probe probe = Probe.run(user, environment, CallerEnvironment.isSelf(user), there);
    if (!images.equals(graphroot)) {
      paths.put(graphroot, inspect(graphroot).tried(attributes(graphroot), Optional.empty()));
    }
    paths.put(images, inspect(images).tried(attributes(images), probe.giving()));
    return probe;
  }

  /** The user chose this folder, so root creates no file in it that the user could not. */
  private Optional<Boolean> attributes(String folder) {
    String there = new PathInspector(node.host(), user).nearest(folder);
    return inspect(folder).writable().equals(Optional.of(false))
        ? Optional.empty()
        : XattrProbe.run(node.host().resolve(there));
  }

  private Facts facts(CheckedNode now) {
    return new Facts(
        now.mounts(),
        paths,
        ranges(IdType.SUBUID),
        ranges(IdType.SUBGID),
        kernel(),
        fuseDevice(),
        options.nodemap(),
        Optional.of(user.gid()),
        stores);
  }

  private Optional<List<IdRange>> ranges(IdType type) {
    try {
      return Optional.of(new UserRanges(node, user).lookUp(type));
    } catch (Unobservable e) {
      return Optional.empty();
    }
  }

  private Optional<String> kernel() {
    try {
      return node.host().text("/proc/sys/kernel/osrelease").map(String::strip);
    } catch (Unobservable e) {
      return Optional.empty();
    }
  }

  private Optional<Boolean> fuseDevice() {
    PathFacts fuse = new PathInspector(node.host(), user).inspect("/dev/fuse");
    return fuse.exists()
        .flatMap(
            exists ->
                exists
                    ? fuse.readable().flatMap(reads -> fuse.writable().map(w -> reads && w))
                    : Optional.of(false));
  }
}
