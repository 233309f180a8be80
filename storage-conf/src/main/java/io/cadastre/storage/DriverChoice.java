/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Selects the driver as containers/storage does: the configured one, or the first one that works. A
 * driver works if it accepts its options and the machine has what it needs.
 */
final class DriverChoice {
  /**
   * The types of file systems on which overlay refuses to run in a user namespace, besides BeeGFS
   * in earlier editions.
   */
  private static final Set<String> NETWORK =
      Set.of(
          "nfs", "nfs4", "smb3", "cifs", "afs", "ceph", "gpfs", "lustre", "ocfs2", "panfs",
          "vboxsf");

  private static final List<String> IN_TURN = List.of("overlay", "btrfs", "zfs", "vfs");

  private final StorageRequest request;
  private final StorageDraft draft;

  DriverChoice(StorageRequest request, StorageDraft draft) {
    this.request = request;
    this.draft = draft;
  }

  /**
   * The selected driver.
   *
   * @param name the name of the driver
   * @param place the place of the setting; empty if Podman chose the driver
   * @param options the options as the driver reads them
   */
  record Chosen(String name, Optional<SettingPlace> place, ReadOptions options) {}

  Chosen chosen() throws StorageRefused {
    if (draft.driver().isPresent()) {
      Setting named = draft.driver().get();
      return new Chosen(named.value(), named.place(), tried(named.value(), named.place()));
    }
    // If no driver of the priority works, Podman tries all, in random order; overlay has two names.
    for (String name :
        Stream.concat(draft.priority().stream(), IN_TURN.stream())
            .map(LegacyOptions::withoutTheTwo)
            .distinct()
            .toList()) {
      try {
        return new Chosen(name, Optional.empty(), tried(name, Optional.empty()));
      } catch (StorageRefused e) {
        if (e.refusal().code() != Refusal.Code.UNKNOWN_DRIVER) {
          throw e;
        }
      }
    }
    throw unsupported("no supported storage backend found", Optional.empty());
  }

  private ReadOptions tried(String name, Optional<SettingPlace> place) throws StorageRefused {
    Optional<String> fileSystem =
        request
            .support()
            .fileSystem()
            .apply(draft.graphroot().value())
            .map(type -> type.toLowerCase(Locale.ROOT));
    switch (name) {
      case "overlay" -> {
        refuseRelativeImagestore();
        ReadOptions options = ReadOptions.read(draft, name, request);
        refuseOverlay(options, fileSystem, place);
        refuseOwnStore(options, name);
        return options;
      }
      case "vfs" -> {
        ReadOptions options = ReadOptions.read(draft, name, request);
        refuseOwnStore(options, name);
        return options;
      }
      case "btrfs", "zfs" -> {
        if (fileSystem.filter(name::equals).isEmpty()) {
          throw unsupported(
              "%s is not on a %s filesystem: prerequisites for driver not satisfied (wrong filesystem?)"
                  .formatted(GoText.quote(draft.graphroot().value() + "/" + name), name),
              place);
        }
        return ReadOptions.read(draft, name, request);
      }
      default ->
          throw unsupported(
              "failed to GetDriver graph %s %s: driver not supported"
                  .formatted(name, draft.graphroot().value()),
              place);
    }
  }

  /** Overlay has links to its folders; vfs takes a relative imagestore in the working folder. */
  private void refuseRelativeImagestore() throws StorageRefused {
    Optional<Setting> imagestore =
        draft.imagestore().filter(store -> !GoPath.isAbsolute(store.value()));
    if (imagestore.isPresent()) {
      throw new StorageRefused(
          Refusal.Code.BAD_PATH,
          "imagestore %s is not absolute, and Podman replaces no variable and no ~ in it"
              .formatted(GoText.quote(imagestore.get().value())),
          imagestore.get().place());
    }
  }

  /** Podman has its lock for writing already (seen with 4.3.1). */
  private void refuseOwnStore(ReadOptions options, String name) throws StorageRefused {
    if (request.engine().has(Step.OWN_STORE_SKIPPED)) {
      return;
    }
    // With an imagestore Podman takes graphroot for a second store to write.
    String own = GoPath.clean(draft.imagestore().orElse(draft.graphroot()).value());
    for (Setting store : options.imageStores()) {
      String path = GoPath.clean(store.value());
      if (path.equals(own)) {
        throw new StorageRefused(
            Refusal.Code.CONFLICT,
            "lock %s is not a read-only lock: %s is the user's own store"
                .formatted(
                    GoText.quote("%s/%s-images/images.lock".formatted(path, name)), store.value()),
            store.place());
      }
    }
  }

  private void refuseOverlay(
      ReadOptions options, Optional<String> fileSystem, Optional<SettingPlace> place)
      throws StorageRefused {
    boolean supported = request.support().nativeOverlay().test(draft.graphroot().value());
    boolean mountProgram =
        !options.mountProgram().isEmpty() || (!supported && request.support().fuseOverlayfs());
    if (!mountProgram && !supported) {
      throw unsupported(
          fileSystem.equals(Optional.of("overlay"))
              ? "'overlay' is not supported over overlayfs, a mount_program is required"
              : "kernel does not support overlay fs",
          place);
    }
    if (!mountProgram
        && options.forceMask().isPresent()
        && !request.engine().has(Step.FORCE_MASK_ALONE)) {
      throw new StorageRefused(
          Refusal.Code.CONFLICT,
          "'force_mask' is supported only with 'mount_program'",
          options.forceMask());
    }
    if (!mountProgram
        && request.user().rootless()
        && fileSystem.filter(this::isNetwork).isPresent()) {
      throw unsupported(
          "a network file system with user namespaces is not supported.  Please use a"
              + " mount_program",
          place);
    }
    // Only XFS has quotas, and setting one needs CAP_SYS_ADMIN on the host.
    boolean quotas =
        !request.user().rootless() && fileSystem.filter(type -> !type.equals("xfs")).isEmpty();
    if (options.quota().isPresent() && !quotas) {
      throw new StorageRefused(
          Refusal.Code.CONFLICT,
          "storage option overlay.size and overlay.inodes only supported for backingFS XFS",
          options.quota());
    }
  }

  private boolean isNetwork(String fileSystem) {
    return NETWORK.contains(fileSystem)
        || (fileSystem.equals("beegfs") && !request.engine().has(Step.BEEGFS));
  }

  private static StorageRefused unsupported(String reason, Optional<SettingPlace> place) {
    return new StorageRefused(Refusal.Code.UNKNOWN_DRIVER, reason, place);
  }
}
