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
 * What is known of a node and of the user whose containers run there. All of it is optional: what
 * is absent is unknown.
 *
 * @param mounts of the node
 * @param paths what is known of the paths that the settings name, by the path as they name it
 * @param subuids the user's ranges; present and empty if he is known to have none
 * @param subgids the same for gids
 * @param kernel its release, as uname(2) says it
 * @param fuseDevice whether the user may open /dev/fuse
 * @param nodemap the IDs that the Lustre servers let this client's nodemap use; others they squash
 */
public record Facts(
    Optional<MountTable> mounts,
    Map<String, PathFacts> paths,
    Optional<List<IdRange>> subuids,
    Optional<List<IdRange>> subgids,
    Optional<String> kernel,
    Optional<Boolean> fuseDevice,
    Optional<IdRange> nodemap) {
  /** Where distributions install it, and Podman looks for it. */
  public static final String FUSE_OVERLAYFS = "/usr/bin/fuse-overlayfs";

  /** Nothing is known. */
  public static final Facts NONE =
      new Facts(
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Copies the collections. */
  public Facts {
    paths = Map.copyOf(paths);
    subuids = subuids.map(List::copyOf);
    subgids = subgids.map(List::copyOf);
  }

  /** What is known of a path. */
  public PathFacts path(String path) {
    return paths.getOrDefault(path, PathFacts.unknown(path));
  }

  /** The mount that a path lies on. */
  public Optional<Mount> mount(String path) {
    return mounts.flatMap(table -> table.holding(path(path).real()));
  }

  /** The file system that a path lies on, if it is one that we know. */
  public Optional<FileSystem> fileSystem(String path) {
    return path(path)
        .magic()
        .flatMap(FileSystem::ofMagic)
        .or(() -> mount(path).flatMap(Mount::fileSystem));
  }

  /** What becomes of a chown to a subordinate ID there: tried, or told by the file system. */
  public Optional<FileSystem.Giving> giving(String path) {
    return path(path).giving().or(() -> fileSystem(path).map(FileSystem::giving));
  }

  /**
   * Whether a path takes attributes of the user namespace: tried, or told by Lustre's mount option,
   * without which it answers EOPNOTSUPP.
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
   * What the rules of storage.conf take from these facts. What is unknown is taken for usual: a
   * kernel and an installation of today.
   *
   * @param user who calls Podman: root's kernel mounts overlay, of whatever release it is
   */
  public DriverSupport support(StorageUser user) {
    boolean kernelMounts =
        !user.rootless() || kernel.filter(KernelRelease::beforeRootlessOverlay).isEmpty();
    return new DriverSupport(
        path -> kernelMounts && fileSystem(path).stream().allMatch(FileSystem::takesOverlay),
        path(FUSE_OVERLAYFS).exists().orElse(true),
        path -> mount(path).map(Mount::type),
        path -> path(path).state());
  }

  /** Whether the user has subordinate uids and gids; unknown unless both are known. */
  public Optional<Boolean> hasRanges() {
    return subuids.flatMap(uids -> subgids.map(gids -> !uids.isEmpty() && !gids.isEmpty()));
  }
}
