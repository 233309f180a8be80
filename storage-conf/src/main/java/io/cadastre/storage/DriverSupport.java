/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the machine offers to the storage drivers.
 *
 * @param nativeOverlay whether the kernel mounts overlay for this user on a path's file system
 * @param fuseOverlayfs whether fuse-overlayfs is in the PATH: Podman takes it where the kernel does
 *     not
 * @param fileSystem the type of a path's file system, as mountinfo names it ({@code ext4}, {@code
 *     xfs}, {@code nfs4}, {@code lustre}); empty where that is not known
 * @param paths what is at an absolute path that the settings name
 */
public record DriverSupport(
    Predicate<String> nativeOverlay,
    boolean fuseOverlayfs,
    Function<String, Optional<String>> fileSystem,
    Function<String, PathState> paths) {
  /** A machine of today, of which nothing else is known. */
  public static DriverSupport usual() {
    return new DriverSupport(path -> true, true, path -> Optional.empty(), PathState::unknown);
  }
}
