/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.Setting;
import io.cadastre.storage.fitness.FileSystem.Giving;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules about graphroot, imagestore and runroot: their file systems, and whether the user may write
 * there.
 */
final class PathRules {
  private PathRules() {}

  static Stream<FindingDraft> graphrootShared(SettingsContext settings) {
    if (!settings.rootless() || !settings.network(settings.graphroot())) {
      return Stream.empty();
    }
    String lies = settings.lies("graphroot", settings.graphroot());
    boolean refused =
        settings.overlay() && settings.mountProgram().isEmpty() && !settings.fallsBack();
    if (refused) {
      return Stream.of(
          FindingDraft.error(
                  lies + ", on which the overlay driver refuses to start without a mount_program",
                  "Move graphroot to a local file system, or use fuse-overlayfs, or vfs.")
              .at(settings.effective().graphroot().place()));
    }
    String why = lies + ": shared, slow for many small files, and unsupported by Podman";
    String remedy =
        "Move graphroot to a local file system, and share images by an additionalimagestores on"
            + " this one.";
    // vfs with the flag is what is left where there is no local file system: no mistake.
    boolean meant =
        settings.driver().equals("vfs") && settings.effective().ignoreChownErrors().value();
    return Stream.of(
        (meant ? FindingDraft.info(why, remedy) : FindingDraft.warning(why, remedy))
            .at(settings.effective().graphroot().place()));
  }

  /** The driver looks at the file system of graphroot only. */
  static Stream<FindingDraft> imagestoreShared(SettingsContext settings) {
    return settings.rootless()
        ? settings.effective().imagestore().stream()
            .filter(store -> settings.network(store.value()))
            .map(
                store ->
                    FindingDraft.warning(
                            settings.lies("imagestore", store.value())
                                + ": shared, slow for many small files, and unsupported by Podman",
                            "Move imagestore to a local file system, and share images by an"
                                + " additionalimagestores on this one.")
                        .at(store.place()))
        : Stream.empty();
  }

  static Stream<FindingDraft> runrootShared(SettingsContext settings) {
    Setting runroot = settings.effective().runroot();
    if (!settings.network(runroot.value())) {
      return Stream.empty();
    }
    return Stream.of(
        FindingDraft.error(
                settings.lies("runroot", runroot.value())
                    + ": every node would take another's containers for its own",
                "Have it on a tmpfs of the node.")
            .at(runroot.place())
            .write("runroot = \"/run/user/$UID/containers\""));
  }

  static Stream<FindingDraft> notWritable(SettingsContext settings) {
    return Stream.concat(
        settings.written().entrySet().stream()
            .flatMap(folder -> notWritable(settings, folder.getKey(), folder.getValue())),
        notWritable(settings, "runroot", settings.effective().runroot()));
  }

  private static Stream<FindingDraft> notWritable(
      SettingsContext settings, String key, Setting path) {
    return settings.facts().path(path.value()).writable().filter(may -> !may).stream()
        .filter(no -> !SharedPaths.of(settings).has(path.place()))
        .map(
            no ->
                FindingDraft.error(
                        "the user may not write to %s %s, or may not create it"
                            .formatted(key, path.value()),
                        "Set a folder of the user, or create this one for the user.")
                    .at(path.place()));
  }

  /**
   * Driver vfs copies the files of an image into graphroot for each container, with their owners;
   * ignore_chown_errors does not cover this chown (seen with Podman 5.4.2). Without imagestore the
   * unpacking fails first.
   */
  static Stream<FindingDraft> copiesRefused(SettingsContext settings) {
    return settings.rootless()
            && settings.driver().equals("vfs")
            && settings.effective().imagestore().isPresent()
            && settings.facts().giving(settings.graphroot()).equals(Optional.of(Giving.REFUSED))
        ? Stream.of(
            FindingDraft.error(
                    settings.lies("graphroot", settings.graphroot())
                        + ", which refuses a chown to subordinate IDs, and driver vfs copies each image"
                        + " there: creating a container from an image whose files have several"
                        + " owners fails with \"lchown: operation not permitted\"",
                    "Move graphroot to a local file system, or take imagestore out and set the flag.")
                .at(settings.effective().graphroot().place()))
        : Stream.empty();
  }

  /**
   * A container of driver overlay runs in a mount of its own, without the options of the mount
   * below (seen with Podman 5.4.2 and fuse-overlayfs); one of driver vfs runs in graphroot, also if
   * its image is in imagestore.
   */
  static Stream<FindingDraft> mountedNoexec(SettingsContext settings) {
    if (settings.overlay()) {
      return Stream.empty();
    }
    return settings.facts().mount(settings.graphroot()).stream()
        .filter(mount -> mount.options().contains("noexec"))
        .map(
            mount ->
                FindingDraft.error(
                        "graphroot %s lies on %s, which is mounted noexec: nothing in a container can be"
                                .formatted(settings.graphroot(), mount.point())
                            + " run",
                        "Mount it with exec, or move graphroot.")
                    .at(settings.effective().graphroot().place()));
  }
}
