/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import java.util.List;

/**
 * The programs that do not get a range from libsubid, and what each does on a node that serves by
 * the plugin, or by rows with uids. docs/nodes.md has the same table for people, with the versions
 * that were tried.
 */
enum RangeConsumer {
  APPTAINER(
      "Apptainer without libsubid", "apptainer", Texts.LIBRARY, Texts.OWN_UID, Texts.IS_SERVED),
  BUILDAH("Buildah without libsubid", "buildah", Texts.LIBRARY, Texts.OWN_UID, Texts.IS_SERVED),
  PODMAN("Podman without libsubid", "podman", Texts.LIBRARY, Texts.OWN_UID, Texts.IS_SERVED),
  ROOTLESSKIT(
      "rootlesskit before 1.1.1",
      "rootlesskit",
      // This function of 1.1.1 ended the fault; a stripped Go program still has its name.
      "dynidtools.withoutDuplicates",
      "fails, and rootless Docker and BuildKit with it: it finds no range, or one range twice",
      Texts.TWICE),
  DOCKER(
      "Docker's set-up tool without getsubids",
      "dockerd-rootless-setuptool.sh",
      "getsubids",
      "refuses, and prints a row from 100000 for /etc/subuid, which is not the registry's: do not"
          + " add it",
      Texts.IS_SERVED),
  LXC("LXC", "lxc-usernsexec", Texts.NO_MARK, Texts.NO_MAPPING, Texts.NO_MAPPING),
  MMDEBSTRAP("mmdebstrap", "mmdebstrap", Texts.NO_MARK, Texts.NO_UNSHARE, Texts.NO_UNSHARE),
  UNSHARE(
      "unshare --map-auto",
      "unshare",
      Texts.NO_MARK,
      "fails: it finds no line of the user in /etc/subuid",
      Texts.IS_SERVED),
  AUTHD("authd", "authd", Texts.NO_MARK, Texts.NOT_SEEN, Texts.NOT_SEEN);

  private static final List<String> FOLDERS =
      List.of(
          "/usr/local/bin/",
          "/usr/bin/",
          "/usr/local/sbin/",
          "/usr/sbin/",
          "/usr/libexec/",
          "/usr/share/docker.io/contrib/");

  /** What the constants say more than once. */
  private static final class Texts {
    /** The library, in the section of a program's file with the names that the loader needs. */
    static final String LIBRARY = "libsubid.so";

    static final String TWICE =
        "fails if it is version 1.1.0, and rootless Docker and BuildKit with it: it finds one range"
            + " twice";
    static final String NO_MARK = "";
    static final String IS_SERVED = "";
    static final String OWN_UID = "maps the user's own uid only";
    static final String NO_MAPPING = "finds no range, and fails unless its mapping is written out";
    static final String NO_UNSHARE = "finds no range: its mode unshare fails";
    static final String NOT_SEEN =
        "takes a user whose only processes are in containers for one without processes";

    private Texts() {}
  }

  private final String title;
  private final String file;
  private final String mark;
  private final String inPlugin;
  private final String byUid;

  RangeConsumer(String title, String file, String mark, String inPlugin, String byUid) {
    this.title = title;
    this.file = file;
    this.mark = mark;
    this.inPlugin = inPlugin;
    this.byUid = byUid;
  }

  /** The name of the program, as docs/nodes.md has it. */
  String title() {
    return title;
  }

  /** The paths at which the program usually is. */
  List<String> paths() {
    return FOLDERS.stream().map(folder -> folder + file).toList();
  }

  /**
   * A text in the file of each version that asks libsubid or getsubids rightly; empty if no version
   * does.
   */
  String mark() {
    return mark;
  }

  /** The number of bytes at the start of the file that have the mark. */
  int markWithin() {
    return mark.equals(Texts.LIBRARY) ? 1 << 20 : 32 << 20;
  }

  /** Whether every node has the program, so that its presence alone is no reason to warn. */
  boolean everywhere() {
    return this == UNSHARE;
  }

  /** Whether the program itself is a script, so that a script is not a wrapper of it. */
  boolean script() {
    return this == DOCKER || this == MMDEBSTRAP;
  }

  /** What the program does in plugin mode; empty if it is served. */
  String inPlugin() {
    return inPlugin;
  }

  /** What the program does with {@code owners = name} in files mode; empty if it is served. */
  String byName() {
    return this == ROOTLESSKIT ? Texts.TWICE + " if shadow is 4.20 or later" : Texts.IS_SERVED;
  }

  /** What to do if the program is not served. */
  String remedy() {
    return this == ROOTLESSKIT
        ? "Install rootlesskit 1.1.1 or later."
        : "Serve a node with these programs by mode = files and owners = name; docs/nodes.md"
            + " has a table of programs.";
  }

  /** What the program does with {@code owners = uid} in files mode; empty if it is served. */
  String byUid() {
    return byUid;
  }
}
