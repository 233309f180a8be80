/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.DriverOption;
import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.fitness.FileSystem.Giving;
import java.util.List;
import java.util.Optional;

/**
 * What a rule about settings judges: those in force, and what is known of the node and the user.
 *
 * @param from the files, and what Podman makes of them
 * @param effective the settings in force
 */
record SettingsContext(FileContext from, EffectiveStorage effective) {
  private static final String OVERLAY = "overlay";
  private static final List<String> KNOW_FLAG = List.of(OVERLAY, "vfs");

  Facts facts() {
    return from.facts();
  }

  boolean rootless() {
    return from.request().user().rootless();
  }

  String driver() {
    return effective.driver().value();
  }

  String graphroot() {
    return effective.graphroot().value();
  }

  /** The option that the driver reads under this name: of several, the last. */
  Optional<DriverOption> option(String key) {
    return effective.options().stream()
        .filter(option -> option.name().equals(key) || option.name().equals(driver() + "." + key))
        .reduce((earlier, later) -> later);
  }

  /** The table of the driver's own options. */
  String table() {
    return "storage.options." + driver();
  }

  boolean overlay() {
    return driver().equals(OVERLAY);
  }

  /** Whether the driver knows ignore_chown_errors. */
  boolean knowsFlag() {
    return KNOW_FLAG.contains(driver());
  }

  /** The program that mounts for the driver overlay; empty for the kernel's own. */
  Optional<DriverOption> mountProgram() {
    return option("mount_program").filter(program -> overlay() && !program.value().isEmpty());
  }

  /**
   * Whether Podman mounts with fuse-overlayfs, which it looks for where no program is named and the
   * kernel does not mount overlay.
   */
  boolean fallsBack() {
    return overlay()
        && mountProgram().isEmpty()
        && !facts().support(from.request().user()).nativeOverlay().test(graphroot())
        && facts().path(Facts.FUSE_OVERLAYFS).exists().orElse(true);
  }

  /** What becomes of a chown to a subordinate ID in graphroot; empty where only trying tells. */
  Optional<Giving> giving() {
    return facts().giving(graphroot()).filter(giving -> giving != Giving.DEPENDS);
  }

  /** Whether a path lies on a file system that containers/storage takes for a network's. */
  boolean network(String path) {
    return facts().fileSystem(path).filter(FileSystem::network).isPresent();
  }

  /** {@code WHAT PATH lies on FILE SYSTEM}. */
  String lies(String what, String path) {
    String on =
        facts()
            .fileSystem(path)
            .map(FileSystem::title)
            .or(() -> facts().mount(path).map(Mount::type))
            .orElse("an unknown file system");
    return "%s %s lies on %s".formatted(what, path, on);
  }

  /** Whether the user is known to have no subordinate IDs, and would need some. */
  boolean withoutRanges() {
    return rootless() && facts().hasRanges().filter(has -> !has).isPresent();
  }
}
