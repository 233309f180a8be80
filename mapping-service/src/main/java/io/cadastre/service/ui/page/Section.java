/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

/** The entries of the navigation. */
public enum Section {
  /** Pools, growth, health. */
  OVERVIEW("Overview", "/overview"),
  /** The ID space as a picture. */
  MAP("Map", "/map"),
  /** The audit log. */
  EVENTS("Events", "/events"),
  /** The findings. */
  AUDIT("Audit", "/audit"),
  /** What Podman makes of a file. */
  STORAGE_CONF("storage.conf", "/storage-conf"),
  /** Forms of admins. */
  CHANGES("Changes", "/changes"),
  /** Long work. */
  PROGRESS("Progress", "/progress"),
  /** A page that is behind none of the others. */
  NONE("", "");

  private final String title;
  private final String path;

  Section(String title, String path) {
    this.title = title;
    this.path = path;
  }

  /** The words of its link. */
  public String title() {
    return title;
  }

  /** Its page, behind the base of all pages. */
  public String path() {
    return path;
  }
}
