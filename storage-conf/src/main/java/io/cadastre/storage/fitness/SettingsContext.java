/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.DriverOption;
import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Setting;
import io.cadastre.storage.Step;
import io.cadastre.storage.fitness.FileSystem.Giving;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The input of a rule about settings: the settings that Podman uses, and the facts about the node
 * and the user.
 *
 * @param from the files, the result of the rules, and the facts
 * @param effective the settings that Podman uses
 */
record SettingsContext(FileContext from, EffectiveStorage effective) {
  private static final String OVERLAY = "overlay";
  private static final String GRAPHROOT = "graphroot";
  private static final String IMAGESTORE = "imagestore";
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

  /** Returns the folder in which images are unpacked: imagestore if it is set, else graphroot. */
  Setting images() {
    return effective.imagestore().orElse(effective.graphroot());
  }

  /** Returns {@code KEY PATH lies on FILE SYSTEM} for the folder in which images are unpacked. */
  String imagesLie() {
    return lies(effective.imagestore().isPresent() ? IMAGESTORE : GRAPHROOT, images().value());
  }

  /** Returns the folders that the driver writes to, by their keys: graphroot and imagestore. */
  Map<String, Setting> written() {
    Map<String, Setting> folders = new LinkedHashMap<>();
    folders.put(GRAPHROOT, effective.graphroot());
    effective.imagestore().ifPresent(store -> folders.put(IMAGESTORE, store));
    return folders;
  }

  /** Returns the option that the driver reads under this name: the last one of several. */
  Optional<DriverOption> option(String key) {
    return effective.options().stream()
        .filter(option -> option.name().equals(key) || option.name().equals(driver() + "." + key))
        .reduce((earlier, later) -> later);
  }

  /** Returns the table of the driver's own options. */
  String table() {
    return "storage.options." + driver();
  }

  boolean overlay() {
    return driver().equals(OVERLAY);
  }

  /** Returns whether the driver knows ignore_chown_errors. */
  boolean knowsFlag() {
    return KNOW_FLAG.contains(driver());
  }

  /** Returns the program that mounts for the driver overlay; empty if the kernel mounts. */
  Optional<DriverOption> mountProgram() {
    return option("mount_program").filter(program -> overlay() && !program.value().isEmpty());
  }

  /**
   * Returns whether Podman mounts with fuse-overlayfs of its own choice: no program is set and the
   * kernel does not mount overlay.
   */
  boolean fallsBack() {
    return overlay()
        && mountProgram().isEmpty()
        && !facts().support(from.request().user()).nativeOverlay().test(graphroot())
        && facts().path(Facts.FUSE_OVERLAYFS).exists().orElse(true);
  }

  /**
   * Returns whether a chown to a subordinate ID succeeds where images are unpacked; empty if only a
   * try can tell.
   */
  Optional<Giving> giving() {
    return facts().giving(images().value()).filter(giving -> giving != Giving.DEPENDS);
  }

  /** Returns whether a path lies on a network file system by the list of containers/storage. */
  boolean network(String path) {
    return facts().fileSystem(path).filter(FileSystem::network).isPresent();
  }

  /** Returns {@code WHAT PATH lies on FILE SYSTEM}. */
  String lies(String what, String path) {
    String on =
        facts()
            .fileSystem(path)
            .map(FileSystem::title)
            .or(() -> facts().mount(path).map(Mount::type))
            .orElse("an unknown file system");
    return "%s %s lies on %s".formatted(what, path, on);
  }

  /** Returns whether the user needs subordinate IDs and is known to have none. */
  boolean withoutRanges() {
    return rootless() && facts().hasRanges().filter(has -> !has).isPresent();
  }

  /**
   * Returns whether Podman skips the images of an empty store on a read-only file system; earlier
   * editions fail. The layers of such a store are opened all the same. Since 5.0
   * (containers/storage 1.52, 2472af893).
   */
  boolean skipsReadOnlyStores() {
    return from.request().engine().has(Step.READ_ONLY_STORES);
  }

  /**
   * Returns whether a new container gets the owner that force_mask recorded in an attribute of the
   * image's last layer. Since 5.2 (containers/storage 1.55, f462f4248).
   */
  boolean readsOwnersInAttributes() {
    return overlay() && from.request().engine().has(Step.OWNER_IN_ATTRIBUTE);
  }
}
