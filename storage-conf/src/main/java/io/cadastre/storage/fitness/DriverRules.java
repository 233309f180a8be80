/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.DriverOption;
import io.cadastre.storage.Setting;
import io.cadastre.storage.Step;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules about the driver and its needs: a mount program, /dev/fuse, the kernel, extended
 * attributes.
 */
final class DriverRules {
  private static final String FUSE_OVERLAYFS =
      "mount_program = \"%s\"".formatted(Facts.FUSE_OVERLAYFS);

  private static final String FORCE_MASK = "force_mask";

  private DriverRules() {}

  static Stream<FindingDraft> programMissing(SettingsContext settings) {
    return settings
        .mountProgram()
        .filter(p -> settings.facts().path(p.value()).exists().filter(is -> !is).isPresent())
        .map(
            p ->
                FindingDraft.error(
                        "%s does not exist: every Podman call fails".formatted(p.value()),
                        "Install it (package fuse-overlayfs), or remove the line if the kernel"
                            + " mounts overlay.")
                    .at(p.place())
                    .write(FUSE_OVERLAYFS))
        .stream();
  }

  static Stream<FindingDraft> programNotExecutable(SettingsContext settings) {
    return settings
        .mountProgram()
        .filter(p -> settings.facts().path(p.value()).exists().orElse(false))
        .filter(p -> settings.facts().path(p.value()).executable().filter(is -> !is).isPresent())
        .map(
            p ->
                FindingDraft.error(
                        "the user may not execute " + p.value(),
                        "chmod 755 %s".formatted(p.value()))
                    .at(p.place()))
        .stream();
  }

  static Stream<FindingDraft> noFuseDevice(SettingsContext settings) {
    Optional<DriverOption> named = settings.mountProgram();
    if (settings.facts().fuseDevice().orElse(true) || (named.isEmpty() && !settings.fallsBack())) {
      return Stream.empty();
    }
    String program = named.map(DriverOption::value).orElse(Facts.FUSE_OVERLAYFS);
    return Stream.of(
        FindingDraft.error(
                "the user may not open /dev/fuse, which %s needs".formatted(program),
                "modprobe fuse, and mode 0666 for /dev/fuse (udev's rule has it)")
            .at(named.map(DriverOption::place)));
  }

  static Stream<FindingDraft> oldKernel(SettingsContext settings) {
    boolean installed = settings.facts().path(Facts.FUSE_OVERLAYFS).exists().orElse(false);
    if (!settings.rootless()
        || !settings.overlay()
        || settings.mountProgram().isPresent()
        || installed) {
      return Stream.empty();
    }
    return settings.facts().kernel().filter(KernelRelease::beforeRootlessOverlay).stream()
        .map(
            release ->
                FindingDraft.error(
                        "kernel %s has no overlay for rootless users; 5.12.9 is the first with it"
                            .formatted(release),
                        "Install fuse-overlayfs, or set driver vfs.")
                    .at(settings.effective().driver().place())
                    .write("[%s]\n%s".formatted(settings.table(), FUSE_OVERLAYFS)));
  }

  static Stream<FindingDraft> vfsCopies(SettingsContext settings) {
    return Stream.of(settings)
        .filter(s -> s.driver().equals("vfs"))
        .map(
            s ->
                FindingDraft.info(
                        "driver vfs copies every layer whole: slow, and large",
                        "Nothing where overlay cannot be; else driver = \"overlay\".")
                    .at(s.effective().driver().place()));
  }

  /** Earlier editions refuse every call. A mask that Podman imposes comes with a mount program. */
  static Stream<FindingDraft> forceMaskAlone(SettingsContext settings) {
    return settings.from().request().engine().has(Step.FORCE_MASK_ALONE)
            && settings.overlay()
            && settings.mountProgram().isEmpty()
            && !settings.fallsBack()
        ? settings.option(FORCE_MASK).stream()
            .map(
                mask ->
                    FindingDraft.error(
                            "force_mask is set without a mount_program: creating a container fails"
                                + " with \"overlay: force_mask option for writeable layers is only"
                                + " supported with a mount_program\"",
                            "Set mount_program as well, or remove force_mask.")
                        .at(mask.place()))
        : Stream.empty();
  }

  static Stream<FindingDraft> forceMaskWithoutXattrs(SettingsContext settings) {
    return masked(settings, Optional.of(false))
        .map(
            why ->
                FindingDraft.error(
                        why + " takes none: \"lsetxattr: operation not supported\"",
                        "Mount it with user_xattr (Lustre), or move it.")
                    .at(settings.option(FORCE_MASK).map(DriverOption::place)));
  }

  static Stream<FindingDraft> xattrsUnjudged(SettingsContext settings) {
    return masked(settings, Optional.empty())
        .map(
            why ->
                FindingDraft.info(
                        why + " is not known to take any",
                        "As the user, run cadastre-node check --probe.")
                    .at(settings.option(FORCE_MASK).map(DriverOption::place)));
  }

  /**
   * Returns why the driver needs extended attributes, for each folder that takes them or not, as
   * given; empty if it needs none. On a network file system containers/storage imposes
   * force_mask=700 on a mount program of a user, also if Podman found the program itself.
   */
  private static Stream<String> masked(SettingsContext settings, Optional<Boolean> takes) {
    boolean said = settings.option(FORCE_MASK).isPresent();
    boolean imposed =
        settings.rootless()
            && (settings.mountProgram().isPresent() || settings.fallsBack())
            && settings.network(settings.graphroot());
    return said || imposed
        ? settings.written().values().stream()
            .map(Setting::value)
            .filter(folder -> settings.facts().userXattr(folder).equals(takes))
            .map(
                folder ->
                    (said ? FORCE_MASK : "force_mask=700, imposed on a network file system,")
                        + " keeps owners and modes in an attribute (user.containers.override_stat);"
                        + " "
                        + folder)
        : Stream.empty();
  }
}
