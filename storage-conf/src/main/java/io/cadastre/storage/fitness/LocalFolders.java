/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.fitness.FileSystem.Giving;
import java.util.List;
import java.util.Optional;

/** The folders of a node that are fit for images, and what the node can mount there. */
record LocalFolders(Facts facts) {
  /** The folders for graphroot if the home folder is not fit. */
  static final List<String> CANDIDATES = List.of("/var/tmp", "/tmp", "/dev/shm");

  static final String ROOTS_GRAPHROOT = "/var/lib/containers/storage";
  static final String ROOTS_RUNROOT = "/run/containers/storage";

  /** Returns the first candidate that is fit. */
  Optional<String> firstFit() {
    return CANDIDATES.stream().filter(this::fit).findFirst();
  }

  /**
   * Returns whether a folder accepts files of several owners, lets programs run, and lets the user
   * write.
   */
  boolean fit(String folder) {
    return facts.giving(folder).equals(Optional.of(Giving.ALLOWED))
        && facts.path(folder).writable().orElse(false)
        && facts.mount(folder).filter(mount -> !mount.options().contains("noexec")).isPresent();
  }

  /** Returns why a folder is not fit, after its name: {@code lies on Lustre}. */
  String whyNot(String folder) {
    if (facts.mount(folder).filter(mount -> mount.options().contains("noexec")).isPresent()) {
      return "%s is mounted noexec".formatted(folder);
    } else if (facts.path(folder).writable().filter(may -> !may).isPresent()) {
      return "the user may not write to %s".formatted(folder);
    }
    return "%s lies on %s".formatted(folder, title(folder));
  }

  boolean fuseOverlayfs() {
    return facts.path(Facts.FUSE_OVERLAYFS).exists().orElse(true);
  }

  /** Returns overlay, or vfs if neither the kernel nor a program mounts overlay for users. */
  String usualDriver() {
    boolean oldKernel = facts.kernel().filter(KernelRelease::beforeRootlessOverlay).isPresent();
    return oldKernel && !fuseOverlayfs() ? "vfs" : "overlay";
  }

  /** Returns the name of the file system of a path. */
  String title(String path) {
    return facts
        .fileSystem(path)
        .map(FileSystem::title)
        .or(() -> facts.mount(path).map(Mount::type))
        .orElse("an unknown file system");
  }
}
