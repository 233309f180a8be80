/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.storage.PathState.Kind;
import io.cadastre.storage.fitness.ImageStorePaths;
import io.cadastre.storage.fitness.PathFacts;
import io.cadastre.storage.fitness.PathFacts.Owner;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Observes what Podman opens in an additional image store: the locks and lists, the folders above
 * the store, and of its images and layers those that the user cannot use, one at most, and one for
 * each owner. Not thread-safe.
 */
final class ImageStoreInspector {
  /** The most images and the most layers that are looked at: a look at Lustre takes its time. */
  private static final int MOST = 100;

  /** The attribute with the owner for containers; force_mask writes it. */
  private static final String OVERRIDE = "containers.override_stat";

  /** The folder of the short names of layers, which is no layer. */
  private static final String LINKS = "l";

  private final HostInspector host;
  private final PathInspector inspector;
  private final ImageStorePaths paths;
  private final Map<String, PathFacts> facts = new LinkedHashMap<>();

  private ImageStoreInspector(HostInspector host, UserAccount user, ImageStorePaths paths) {
    this.host = host;
    this.inspector = new PathInspector(host, user);
    this.paths = paths;
  }

  /** Returns the facts about paths of a store, without the store itself. */
  static Map<String, PathFacts> inspect(
      HostInspector host, UserAccount user, ImageStorePaths paths, String real) {
    ImageStoreInspector store = new ImageStoreInspector(host, user, paths);
    ImageStorePaths.above(paths.store()).forEach(store::inspect);
    ImageStorePaths.above(real).forEach(store::inspect);
    paths.all().forEach(store::inspect);
    store.inspectImages();
    store.inspectLayers();
    store.facts.remove(paths.store());
    return store.facts;
  }

  private PathFacts inspect(String path) {
    return facts.computeIfAbsent(path, inspector::inspectAccess);
  }

  private void inspectImages() {
    for (String image : names(paths.images())) {
      String folder = paths.images() + "/" + image;
      PathFacts seen = inspector.inspectAccess(folder);
      if (seen.kind() != Kind.FOLDER) {
        continue;
      }
      String file = folder + "/manifest";
      PathFacts manifest = inspector.inspectAccess(file);
      if (seen.executable().equals(Optional.of(false))) {
        facts.put(folder, seen);
        return;
      } else if (manifest.kind() == Kind.FILE && manifest.readable().equals(Optional.of(false))) {
        facts.put(file, manifest);
        return;
      }
    }
  }

  private void inspectLayers() {
    Set<Owner> owners = new HashSet<>();
    boolean closed = false;
    for (String name : names(paths.content())) {
      String layer = paths.content() + "/" + name;
      PathFacts seen = inspector.inspectAccess(layer);
      if (seen.kind() != Kind.FOLDER) {
        continue;
      }
      PathFacts owned = name.equals(LINKS) ? seen.ownedBy(Optional.empty()) : overridden(seen);
      boolean unusable = !closed && seen.executable().equals(Optional.of(false));
      if (unusable || owned.owner().filter(owners::add).isPresent()) {
        facts.put(layer, owned);
        closed |= unusable;
      }
    }
  }

  private PathFacts overridden(PathFacts layer) {
    Path diff = host.resolve(layer.real() + "/diff");
    return layer.ownedBy(
        layer
            .owner()
            .map(
                owner ->
                    new Owner(owner.uid(), owner.gid(), host.hasUserAttribute(diff, OVERRIDE))));
  }

  private List<String> names(String folder) {
    try {
      return host.names(folder).stream().sorted().limit(MOST).toList();
    } catch (Unobservable e) {
      return List.of();
    }
  }
}
