/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.DriverSupport;
import io.cadastre.storage.StorageUser;
import io.cadastre.subid.IdRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The known facts about a node and the user of its containers. Every fact is optional: an absent
 * one is unknown. Immutable.
 *
 * @param mounts of the node
 * @param paths the facts about the paths in the settings, by the path as it is written
 * @param subuids the user's ranges; an empty list if the user has none
 * @param subgids the same for gids
 * @param kernel the kernel release of uname(2)
 * @param fuseDevice whether the user may open /dev/fuse
 * @param nodemap the IDs that the nodemap of the Lustre servers lets this client use; the servers
 *     squash all others
 * @param gid the primary gid of the user
 * @param stores the folders that were used as graphroot, by their path
 */
public record Facts(
    Optional<MountTable> mounts,
    Map<String, PathFacts> paths,
    Optional<List<IdRange>> subuids,
    Optional<List<IdRange>> subgids,
    Optional<String> kernel,
    Optional<Boolean> fuseDevice,
    Optional<IdRange> nodemap,
    Optional<Long> gid,
    Map<String, UsedStore> stores) {
  /** The path at which distributions install fuse-overlayfs and Podman searches for it. */
  public static final String FUSE_OVERLAYFS = "/usr/bin/fuse-overlayfs";

  /** No fact is known. */
  public static final Facts NONE =
      new Facts(
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Creates facts without the user's gid and without a used store. */
  public Facts(
      Optional<MountTable> mounts,
      Map<String, PathFacts> paths,
      Optional<List<IdRange>> subuids,
      Optional<List<IdRange>> subgids,
      Optional<String> kernel,
      Optional<Boolean> fuseDevice,
      Optional<IdRange> nodemap) {
    this(mounts, paths, subuids, subgids, kernel, fuseDevice, nodemap, Optional.empty(), Map.of());
  }

  /** Copies the collections. */
  public Facts {
    paths = Map.copyOf(paths);
    stores = Map.copyOf(stores);
    subuids = subuids.map(List::copyOf);
    subgids = subgids.map(List::copyOf);
  }

  /** Returns the facts about a path. */
  public PathFacts path(String path) {
    return paths.getOrDefault(path, PathFacts.unknown(path));
  }

  /** Returns the use of a graphroot; without a known use it is a new one. */
  public UsedStore store(String graphroot) {
    return stores.getOrDefault(graphroot, UsedStore.NEW);
  }

  /** Returns the mount of a path. */
  public Optional<Mount> mount(String path) {
    return mounts.flatMap(table -> table.holding(path(path).real()));
  }

  /** Returns the file system of a path; empty if it is unknown or not in {@link FileSystem}. */
  public Optional<FileSystem> fileSystem(String path) {
    return path(path)
        .magic()
        .flatMap(FileSystem::ofMagic)
        .or(() -> mount(path).flatMap(Mount::fileSystem));
  }

  /**
   * Returns the result of a chown to a subordinate ID: of a try, or as the file system implies it.
   */
  public Optional<FileSystem.Giving> giving(String path) {
    return path(path).giving().or(() -> fileSystem(path).map(FileSystem::giving));
  }

  /**
   * Returns whether a path accepts extended attributes of the user namespace: from a try, or from
   * the mount option of Lustre, without which Lustre answers EOPNOTSUPP.
   */
  public Optional<Boolean> userXattr(String path) {
    return path(path)
        .userXattr()
        .or(
            () ->
                mount(path)
                    .filter(mount -> mount.fileSystem().equals(Optional.of(FileSystem.LUSTRE)))
                    .map(mount -> mount.superOptions().contains("user_xattr")));
  }

  /**
   * Returns the input for the rules of storage.conf. Unknown facts default to a current kernel and
   * installation.
   *
   * @param user the user that calls Podman: for root every kernel mounts overlay
   */
  public DriverSupport support(StorageUser user) {
    boolean kernelMounts =
        !user.rootless() || kernel.filter(KernelRelease::beforeRootlessOverlay).isEmpty();
    return new DriverSupport(
        path -> kernelMounts && fileSystem(path).stream().allMatch(FileSystem::takesOverlay),
        path(FUSE_OVERLAYFS).exists().orElse(true),
        kernel.filter(KernelRelease::beforeExpectedOverlay).isEmpty(),
        path -> mount(path).map(Mount::type),
        path -> path(path).state());
  }

  /** Returns whether the user has subordinate uids and gids; empty unless both are known. */
  public Optional<Boolean> hasRanges() {
    return subuids.flatMap(uids -> subgids.map(gids -> !uids.isEmpty() && !gids.isEmpty()));
  }
}
