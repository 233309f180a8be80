/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The support of the machine for the storage drivers.
 *
 * @param nativeOverlay whether the kernel mounts overlay for this user on a path's file system
 * @param fuseOverlayfs whether fuse-overlayfs is in the PATH: Podman uses it if the kernel does not
 *     mount overlay
 * @param currentKernel whether the kernel is 5.13 or newer, from which Podman expects overlay for a
 *     rootless user on any file system
 * @param fileSystem the type of a path's file system as in mountinfo ({@code ext4}, {@code xfs},
 *     {@code nfs4}, {@code lustre}); empty if unknown
 * @param paths the state of an absolute path in the settings
 */
public record DriverSupport(
    Predicate<String> nativeOverlay,
    boolean fuseOverlayfs,
    boolean currentKernel,
    Function<String, Optional<String>> fileSystem,
    Function<String, PathState> paths) {
  /**
   * The drivers that keep images in folders of graphroot, {@code DRIVER-images}, in the order in
   * which Podman finds them.
   */
  public static final List<String> DRIVERS = List.of("btrfs", "overlay", "vfs", "zfs");

  /** Returns whether there is a folder at this absolute path; false if that is not known. */
  boolean isFolder(String path) {
    return paths.apply(path).kind() == PathState.Kind.FOLDER;
  }

  /** Returns whether overlay looks usable for a rootless user, before the driver is tried. */
  boolean rootlessOverlay() {
    return fuseOverlayfs || currentKernel;
  }

  /** Returns the support of a current machine without further facts. */
  public static DriverSupport usual() {
    return new DriverSupport(
        path -> true, true, true, path -> Optional.empty(), PathState::unknown);
  }
}
