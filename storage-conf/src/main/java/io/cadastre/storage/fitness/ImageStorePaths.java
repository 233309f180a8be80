/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import java.util.ArrayList;
import java.util.List;

/**
 * The paths that Podman opens in an additional image store. A store has folders for each driver
 * that filled it; Podman sees those of the user's driver only. Immutable.
 *
 * @param store the folder of the store, as the settings have it
 * @param driver the user's driver
 */
public record ImageStorePaths(String store, String driver) {
  private static final List<String> DRIVERS = List.of("overlay", "vfs");

  /** Returns the folder of the list of images. Podman creates it if it is missing. */
  public String images() {
    return store + "/" + driver + "-images";
  }

  /** Returns the lock that every call opens. Podman creates it if it is missing. */
  public String imagesLock() {
    return images() + "/images.lock";
  }

  /** Returns the list of images, which an empty store does not have. */
  public String imagesList() {
    return images() + "/images.json";
  }

  /** Returns the folder of the list of layers. Podman creates it if it is missing. */
  public String layers() {
    return store + "/" + driver + "-layers";
  }

  /** Returns the lock that every call opens that reads an image. */
  public String layersLock() {
    return layers() + "/layers.lock";
  }

  /** Returns the list of layers, which an empty store does not have. */
  public String layersList() {
    return layers() + "/layers.json";
  }

  /** Returns the folder with the folder of each layer. */
  public String content() {
    return store + "/" + driver + (driver.equals("vfs") ? "/dir" : "");
  }

  /** Returns the folders of images of the other drivers that work for users. */
  public List<String> imagesOfOthers() {
    return DRIVERS.stream()
        .filter(other -> !other.equals(driver))
        .map(other -> new ImageStorePaths(store, other).images())
        .toList();
  }

  /** Returns all paths of the store that decide whether Podman can open it. */
  public List<String> all() {
    List<String> paths =
        new ArrayList<>(
            List.of(
                store,
                images(),
                imagesLock(),
                imagesList(),
                layers(),
                layersLock(),
                layersList(),
                store + "/" + driver,
                content()));
    paths.addAll(imagesOfOthers());
    return paths.stream().distinct().toList();
  }

  /** Returns the folders above an absolute path, from the top, without {@code /}. */
  public static List<String> above(String path) {
    List<String> folders = new ArrayList<>();
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      folders.add(path.substring(0, slash));
    }
    return folders;
  }
}
