/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.PathState.Kind;
import io.cadastre.storage.Setting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An additional image store in the settings of a user, and what its facts imply. Immutable.
 *
 * @param settings the settings, and the facts about the node and the user
 * @param setting the store and its place
 */
record ImageStore(SettingsContext settings, Setting setting) {

  static Stream<ImageStore> allOf(SettingsContext settings) {
    return settings.effective().additionalImageStores().stream()
        .map(store -> new ImageStore(settings, store));
  }

  String path() {
    return setting.value();
  }

  ImageStorePaths paths() {
    return new ImageStorePaths(path(), settings.driver());
  }

  String user() {
    return settings.from().request().user().name();
  }

  PathFacts facts() {
    return facts(path());
  }

  PathFacts facts(String path) {
    return settings.facts().path(path);
  }

  boolean is(Kind kind) {
    return facts().kind() == kind;
  }

  /** Returns whether the store is a folder, as far as that is known, which the user can enter. */
  boolean entered() {
    return !is(Kind.MISSING) && !is(Kind.FILE) && closed().isEmpty();
  }

  /** Returns whether the user can enter the store, and the driver may have filled it. */
  boolean holdsImages() {
    return entered() && facts(paths().imagesLock()).kind() != Kind.MISSING;
  }

  /**
   * Returns the first folder that the user may not search: on the way to the store, behind its
   * links, or the store.
   */
  Optional<String> closed() {
    return Stream.of(
            ImageStorePaths.above(path()), ImageStorePaths.above(facts().real()), List.of(path()))
        .flatMap(List::stream)
        .filter(folder -> facts(folder).executable().equals(Optional.of(false)))
        .findFirst();
  }

  /** Returns the first of these files that the user may not read. */
  Optional<String> unreadable(List<String> files) {
    return files.stream().filter(this::unreadable).findFirst();
  }

  private boolean unreadable(String file) {
    PathFacts seen = facts(file);
    // The kind is unknown to a user who may not search the folder.
    boolean hidden = seen.kind() == Kind.UNKNOWN && seen.executable().equals(Optional.of(false));
    return hidden || (seen.kind() != Kind.MISSING && seen.readable().equals(Optional.of(false)));
  }

  /** Returns an image or a layer that the user may not use. */
  Optional<String> unusable() {
    return settings.facts().paths().keySet().stream()
        .filter(this::isOfImage)
        .filter(
            path ->
                facts(path).kind() == Kind.FOLDER
                    ? facts(path).executable().equals(Optional.of(false))
                    : unreadable(path))
        .sorted()
        .findFirst();
  }

  private boolean isOfImage(String path) {
    String content = path() + "/" + settings.driver();
    return path.equals(content)
        || path.startsWith(content + "/")
        || (path.startsWith(paths().images() + "/")
            && !path.equals(paths().imagesLock())
            && !path.equals(paths().imagesList()));
  }

  /** Returns the layers with a known owner; a folder above them if none is known. */
  List<String> owned() {
    List<String> layers =
        settings.facts().paths().keySet().stream()
            .filter(path -> path.startsWith(paths().content() + "/"))
            .filter(path -> facts(path).owner().isPresent())
            .sorted()
            .toList();
    return layers.isEmpty()
        ? Stream.of(paths().content(), path())
            .filter(folder -> facts(folder).owner().isPresent())
            .limit(1)
            .toList()
        : layers;
  }

  /** Returns whether Podman can create a missing path; empty if that is unknown. */
  Optional<Boolean> canCreate(String path) {
    PathFacts nearest = facts(path);
    return nearest
        .writable()
        .flatMap(write -> nearest.executable().map(search -> write && search))
        .map(may -> may && !readOnly());
  }

  /** Returns whether the store is mounted read-only. */
  boolean readOnly() {
    return settings.facts().mount(path()).stream()
        .anyMatch(mount -> mount.options().contains("ro") || mount.superOptions().contains("ro"));
  }

  /** Returns whether the user owns the store, and so is the one who fills it. */
  boolean own() {
    return facts()
        .owner()
        .filter(owner -> owner.uid() == settings.from().request().user().uid())
        .isPresent();
  }

  /** Returns the commands that make an empty store; only the owner can run them. */
  String filling(String folder) {
    return "\"podman --root %s --storage-driver %s info\", then \"chmod -R a+rX %s\""
        .formatted(folder, settings.driver(), folder);
  }
}
