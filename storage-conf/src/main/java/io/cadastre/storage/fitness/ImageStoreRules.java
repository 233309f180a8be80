/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.PathState.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules about additional image stores, which users read and never write: whether Podman can open a
 * store for the user, and whether the user's driver filled it. Podman opens the lock of the images
 * for every call, creating it if it is missing, and the lock of the layers when it reads an image.
 */
final class ImageStoreRules {
  private static final String EVERY_CALL = "every Podman call fails";
  private static final String READING = "podman images and podman create fail";

  private ImageStoreRules() {}

  static Stream<FindingDraft> missing(SettingsContext settings) {
    return ImageStore.allOf(settings)
        .filter(store -> store.is(Kind.MISSING) || store.is(Kind.FILE))
        .map(store -> missing(store).at(store.setting().place()));
  }

  private static FindingDraft missing(ImageStore store) {
    String path = store.path();
    if (store.is(Kind.FILE)) {
      return FindingDraft.error(
          "the image store %s is no folder: %s".formatted(path, EVERY_CALL),
          "Name the folder that \"podman --root FOLDER\" filled.");
    }
    // Driver vfs creates the folder of a store as it creates the lock in it.
    boolean created =
        store.settings().driver().equals("vfs") && store.canCreate(path).orElse(false);
    return created
        ? FindingDraft.warning(
            "the image store %s does not exist: Podman creates it for %s, without images"
                .formatted(path, store.user()),
            "Fill it as the account that owns it, or remove the setting.")
        : FindingDraft.error(
            "the image store %s does not exist: %s".formatted(path, EVERY_CALL),
            "As the account that will own it: %s; or remove the setting."
                .formatted(store.filling(path)));
  }

  static Stream<FindingDraft> unreadable(SettingsContext settings) {
    return ImageStore.allOf(settings)
        .filter(store -> !store.is(Kind.MISSING) && !store.is(Kind.FILE))
        .flatMap(store -> closed(store).or(() -> unreadable(store)).stream());
  }

  /** A folder on the way, the store included. */
  private static Optional<FindingDraft> closed(ImageStore store) {
    return store
        .closed()
        .map(
            folder ->
                FindingDraft.error(
                        "the image store %s: %s may not search the folder %s: %s"
                            .formatted(store.path(), store.user(), folder, EVERY_CALL),
                        folder.equals(store.path())
                            ? opening(store)
                            : "Run \"chmod a+x %s\" as its owner.".formatted(folder))
                    .at(store.setting().place()));
  }

  private static Optional<FindingDraft> unreadable(ImageStore store) {
    ImageStorePaths paths = store.paths();
    return refused(store, List.of(paths.imagesLock(), paths.imagesList()), EVERY_CALL)
        .or(() -> refused(store, List.of(paths.layersLock(), paths.layersList()), READING))
        .or(
            () ->
                store
                    .unusable()
                    .map(path -> refused(store, path, "no container can use this image")));
  }

  private static Optional<FindingDraft> refused(
      ImageStore store, List<String> files, String effect) {
    return store.unreadable(files).map(file -> refused(store, file, effect));
  }

  private static FindingDraft refused(ImageStore store, String path, String effect) {
    return FindingDraft.error(
            "the image store %s: %s cannot be opened by %s: permission denied: %s"
                .formatted(store.path(), path, store.user(), effect),
            opening(store))
        .at(store.setting().place());
  }

  /** Podman writes the lists and the folders of a store for its owner alone. */
  private static String opening(ImageStore store) {
    return "Run \"chmod -R a+rX %s\" as its owner, each time after Podman has written to it."
        .formatted(store.path());
  }

  static Stream<FindingDraft> notFilled(SettingsContext settings) {
    return ImageStore.allOf(settings)
        .filter(ImageStore::entered)
        .flatMap(
            store ->
                notFilled(store, store.paths().imagesLock(), EVERY_CALL)
                    .or(() -> ofAnotherDriver(store))
                    .or(() -> notFilled(store, store.paths().layersLock(), READING))
                    .stream());
  }

  private static Optional<FindingDraft> notFilled(ImageStore store, String lock, String effect) {
    if (store.facts(lock).kind() != Kind.MISSING || store.canCreate(lock).orElse(true)) {
      return Optional.empty();
    }
    boolean skipped = store.readOnly() && store.settings().skipsReadOnlyStores();
    return Optional.of(
        FindingDraft.error(
                "the image store %s%s: %s does not exist, and %s cannot create it: %s: %s"
                    .formatted(
                        store.path(),
                        content(store),
                        lock,
                        store.user(),
                        store.readOnly() ? "read-only file system" : "permission denied",
                        skipped ? READING : effect),
                remedy(store))
            .at(store.setting().place()));
  }

  /** Podman takes the folder of another driver for an empty store. */
  private static Optional<FindingDraft> ofAnotherDriver(ImageStore store) {
    return store.facts(store.paths().imagesLock()).kind() == Kind.MISSING
            && filledBy(store).isPresent()
        ? Optional.of(
            FindingDraft.warning(
                    "the image store %s%s: Podman finds no images in it"
                        .formatted(store.path(), content(store)),
                    remedy(store))
                .at(store.setting().place()))
        : Optional.empty();
  }

  private static String content(ImageStore store) {
    return filledBy(store)
        .map(
            other ->
                " was filled by driver %s, and the driver in force is %s"
                    .formatted(other, store.settings().driver()))
        .orElse(" is empty");
  }

  /** Returns another driver that filled the store. */
  private static Optional<String> filledBy(ImageStore store) {
    return store.paths().imagesOfOthers().stream()
        .filter(folder -> store.facts(folder).kind() == Kind.FOLDER)
        .map(folder -> folder.substring(store.path().length() + 1).replace("-images", ""))
        .findFirst();
  }

  private static String remedy(ImageStore store) {
    // Podman refuses a second driver in a folder that has its database.
    return filledBy(store).isPresent()
        ? "Fill another folder for this driver, as the owner of the store: %s."
            .formatted(store.filling(store.path() + "-" + store.settings().driver()))
        : "As the owner of the store: %s.".formatted(store.filling(store.path()));
  }

  static Stream<FindingDraft> writable(SettingsContext settings) {
    return ImageStore.allOf(settings)
        .filter(store -> store.facts().exists().orElse(false) && !store.own())
        .filter(store -> store.facts().writable().equals(Optional.of(true)))
        .map(
            store ->
                FindingDraft.warning(
                        "the user may write to the image store %s and so change the images that others"
                                .formatted(store.path())
                            + " run",
                        "Make it writable only for the account that fills it, or mount it read-only.")
                    .at(store.setting().place()));
  }
}
