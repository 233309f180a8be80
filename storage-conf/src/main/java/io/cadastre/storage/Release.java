/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Arrays;
import java.util.Optional;

/**
 * The releases of Podman that the rules know, in order, each with the minor version of
 * containers/storage in its go.mod. A new release is a new row here, its differences are rows of
 * {@link Step}.
 */
public enum Release {
  V4_3("4.3", "1.43"),
  V4_4("4.4", "1.45"),
  V4_5("4.5", "1.46"),
  V4_6("4.6", "1.48"),
  V4_7("4.7", "1.50"),
  V4_8("4.8", "1.51"),
  V4_9("4.9", "1.51"),
  V5_0("5.0", "1.53"),
  V5_1("5.1", "1.54"),
  V5_2("5.2", "1.55"),
  V5_3("5.3", "1.56"),
  V5_4("5.4", "1.57"),
  V5_5("5.5", "1.58"),
  V5_6("5.6", "1.59"),
  V5_7("5.7", "1.61"),
  V5_8("5.8", "1.62"),
  V6_0("6.0", "1.63"),
  V6_1("6.1", "1.64");

  private final String podman;
  private final String library;

  Release(String podman, String library) {
    this.podman = podman;
    this.library = library;
  }

  /** Returns the version of Podman, without its patch level. */
  public String podman() {
    return podman;
  }

  /** Returns the version of containers/storage, without its patch level. */
  public String library() {
    return library;
  }

  /** Returns this release as its authors built it. */
  public Engine engine() {
    return new Engine(podman, this, this);
  }

  /** Returns the newest release. */
  static Release last() {
    return values()[values().length - 1];
  }

  static Optional<Release> of(String podman) {
    return Arrays.stream(values()).filter(release -> release.podman.equals(podman)).findFirst();
  }
}
