/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * The steps in which the rules for storage.conf have changed: the only place that tells the
 * editions apart. Each row names the first release with the new rule, the commit of
 * containers/storage, container-libs or Podman that made it, and a case of the tests on which the
 * releases before and since differ. docs/podman-editions.md is this table.
 */
public enum Step {
  /** The key {@code transient_store} is known. */
  TRANSIENT_STORE(
      Release.V4_4, "522b67c94", "`transient_store` is a key of `[storage]`", "path-transient"),
  /** The key {@code driver_priority} is known. */
  DRIVER_PRIORITY(
      Release.V4_4,
      "881ac4864",
      "`driver_priority` lists the drivers that are tried if none is set",
      "path-priority"),
  /** Root's named file gets the defaults. */
  NAMED_DEFAULTS(
      Release.V4_4,
      "9e06c38df",
      "a file that root names in CONTAINERS_STORAGE_CONF need not set graphroot and runroot",
      "root-named"),
  /** Root's file in /etc counts beside root's own file. */
  ETC_FOR_ROOT(
      Release.V4_4,
      "f64e1bd14",
      "for root /etc/containers/storage.conf, or else the file of /usr/share, goes before a file of"
          + " XDG_CONFIG_HOME, which must be readable all the same",
      "root-xdg"),
  /** A {@code skip_mount_home} that is no boolean is refused. */
  SKIP_MOUNT_HOME_PARSED(
      Release.V4_5,
      "a3204cf7e",
      "`skip_mount_home` is refused if it is no boolean",
      "step-skip-mount-home"),
  /** Without a driver a rootless user gets the one in use, or overlay. */
  OVERLAY_BY_DEFAULT(
      Release.V4_6,
      "e3b18ab72, e31225e1f",
      "without a driver a rootless user gets the one that graphroot has images of, else overlay"
          + " where the machine supports it, no longer vfs",
      "environment-none"),
  /** The key {@code imagestore} is known. */
  IMAGESTORE(
      Release.V4_6,
      "30775d4b2",
      "`imagestore` separates images from containers",
      "path-imagestore"),
  /** A byte-order mark is passed over. */
  BYTE_ORDER_MARK(
      Release.V4_6,
      "BurntSushi/toml 1.3.2",
      "a byte-order mark at the beginning is passed over; earlier the file is refused",
      "toml-bom"),
  /** Podman makes a relative graphroot absolute, from its working folder. */
  RELATIVE_GRAPHROOT(
      Release.V4_8,
      "podman 6293ec2e2d",
      "a graphroot that is relative, or begins with `~`, lies below the working folder of Podman;"
          + " earlier it is refused",
      "path-relative"),
  /** The composefs options are known. */
  COMPOSEFS(
      Release.V5_0,
      "ca642ac04, 6c3d7958f",
      "`use_composefs` is a key, in `[storage.options.overlay]` and without effect in"
          + " `[storage.options]`; a rootless user's composefs is refused",
      "step-composefs"),
  /** A missing XDG_RUNTIME_DIR is refused. */
  RUNTIME_FOLDER(
      Release.V5_0,
      "c72a594c8",
      "an XDG_RUNTIME_DIR that does not exist is refused; earlier it is replaced by a folder in"
          + " /tmp",
      "step-runtime-folder-gone"),
  /** BeeGFS counts as a local file system. */
  BEEGFS(
      Release.V5_0,
      "be2b188bc",
      "BeeGFS counts as a local file system: overlay starts on it without a mount_program",
      "step-beegfs"),
  /** An image store that is the user's own store is passed over. */
  OWN_STORE_SKIPPED(
      Release.V5_0,
      "92b9480c3",
      "the store of the own images is passed over in `additionalimagestores`; earlier every call"
          + " fails",
      "DriverChoiceTest"),
  /** An image store on a read-only file system may be empty. */
  READ_ONLY_STORES(
      Release.V5_0,
      "2472af893",
      "an additional image store on a read-only file system may be empty until images are read;"
          + " earlier every call fails",
      "ImageStoreRulesTest"),
  /** The keys of devicemapper are unknown. */
  NO_THINPOOL(
      Release.V5_1,
      "137ba2cc3, a38a212dd",
      "the keys of `[storage.options.thinpool]` are unknown",
      "step-thinpool"),
  /** A force_mask needs a mount_program to create a container only, not for every call. */
  FORCE_MASK_ALONE(
      Release.V5_2,
      "e2573088c",
      "`force_mask` without `mount_program` is accepted; only creating a container fails",
      "step-force-mask"),
  /** The owner of a layer is read from force_mask's attribute. */
  OWNER_IN_ATTRIBUTE(
      Release.V5_2,
      "f462f4248",
      "a new container gets the owner that `force_mask` recorded in an attribute of the image's"
          + " last layer; earlier the owner of the folder",
      "ImageStoreRulesTest"),
  /** U+FFFD itself is a character. */
  REPLACEMENT_CHARACTER(
      Release.V5_2,
      "BurntSushi/toml 1.4.0",
      "the character U+FFFD is accepted; earlier it counts as a byte that is not UTF-8",
      "toml-replacement"),
  /** The remap keys are unknown. */
  NO_REMAP(
      Release.V5_2,
      "2d959dd4b",
      "`remap-uids`, `remap-gids`, `remap-user`, `remap-group` are unknown",
      "step-remap"),
  /** Podman sets XDG_CONFIG_HOME before it reads any storage.conf. */
  CONFIG_HOME_FIRST(
      Release.V5_3,
      "podman eb396705c6",
      "a user's own file replaces the one of the system in every call, and if it is broken every"
          + " call fails; earlier this was so only in a call without a pause process",
      "path-system-below-user-later"),
  /** Root's file need not set graphroot and runroot. */
  ROOT_DEFAULTS(
      Release.V5_6,
      "5b0547c0e4",
      "root's file need not set graphroot and runroot; earlier Podman refuses it",
      "root-no-paths"),
  /** The table of aufs is unknown. */
  NO_AUFS(Release.V5_7, "e3f4c70d6e", "the table `[storage.options.aufs]` is unknown", "step-aufs"),
  /** The main file and its drop-ins are merged into one. */
  MERGED(
      Release.V6_0,
      "5eaf7d2ba1, 21b3bb5858",
      "one main file and all drop-ins are merged; everything in /etc/containers/storage.conf"
          + " reaches rootless users, its graphroot and runroot as well; options get the driver of"
          + " their table, general ones none",
      "path-system-graphroot-overlay"),
  /** A list can add to the one of an earlier file. */
  APPENDING_LISTS(
      Release.V6_0,
      "548ad1adb4",
      "`{append=true}` in a list adds it to the list of the earlier files",
      "step-append"),
  /** The key {@code sync} is known. */
  SYNC(
      Release.V6_0,
      "1ddab7b26f",
      "`sync` is a key of overlay; one in `[storage.options.vfs]` is read too, and driver vfs"
          + " refuses it",
      "step-sync"),
  /** Files are TOML 1.1. */
  TOML_1_1(
      Release.V6_0, "BurntSushi/toml 1.6.0", "files are TOML 1.1, earlier TOML 1.0", "step-toml");

  private final Release since;
  private final String upstream;
  private final String change;
  private final String shownBy;

  Step(Release since, String upstream, String change, String shownBy) {
    this.since = since;
    this.upstream = upstream;
    this.change = change;
    this.shownBy = shownBy;
  }

  /** Returns the first release with the new rule. */
  public Release since() {
    return since;
  }

  /** Returns the commits that made the change, or the release of another library. */
  public String upstream() {
    return upstream;
  }

  /** Returns the new rule, in Markdown. */
  public String change() {
    return change;
  }

  /** Returns the test case on which the releases before and since differ, or its test class. */
  public String shownBy() {
    return shownBy;
  }

  /** Returns whether the change is one of Podman itself, and not of its storage library. */
  boolean inPodman() {
    return upstream.startsWith("podman ");
  }
}
