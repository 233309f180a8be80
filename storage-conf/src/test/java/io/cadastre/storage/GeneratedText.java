/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Random;

/** Random texts of storage.conf, with keys of all editions. Most of them are accepted. */
final class GeneratedText {
  private static final List<String> DRIVERS =
      List.of(
          "overlay", "overlay", "overlay", "overlay", "vfs", "vfs", "vfs", "overlay2", "", "btrfs");

  /** The forms of a path; the name of the folder follows. */
  private static final List<String> FORMS =
      List.of(
          "@HOME@/",
          "@HOME@/",
          "@HOME@/",
          "$HOME/",
          "$HOME/",
          "@HOME@/$UID/",
          "@HOME@//x/../",
          "~/",
          "./",
          "");

  private static final List<String> FLAGS =
      List.of("\"true\"", "\"true\"", "\"1\"", "\"false\"", "\"\"", "\"yes\"", "true");
  private static final List<String> STORES =
      List.of(
          "[\"/tmp/store/a\"]",
          "[\"/tmp/store/a\"]",
          "[\"/tmp/store/a\", \"/tmp/store/b\"]",
          "[\"/tmp/store/b\", {append = true}]",
          "[\"/tmp/store/a\", {append = false}]",
          "[]",
          "[\"/nowhere\"]",
          "[\"store\"]",
          "\"/tmp/store/a\"");
  private static final String FUSE = "\"/usr/bin/fuse-overlayfs\"";

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  GeneratedText(Random random) {
    this.random = random;
  }

  /** Returns a main file; for root most of them have the paths that the older Podmans require. */
  String main(boolean root) {
    if (chance(2)) {
      return "[storage\n";
    }
    text.setLength(0);
    line(100, "[storage]");
    if (chance(80)) {
      line(100, "driver = \"%s\"", any(DRIVERS));
    }
    path(root ? 85 : 35, "graphroot", "g");
    path(root ? 85 : 20, "runroot", "r");
    path(20, "rootless_storage_path", "l");
    path(12, "imagestore", "i");
    line(10, "driver_priority = %s", any(List.of("[\"vfs\", \"overlay\"]", "[\"overlay\"]", "[]")));
    line(12, "transient_store = %s", any(List.of("true", "true", "false", "\"true\"")));
    line(5, "unknown = 1");
    options();
    return text.toString();
  }

  /** Returns a drop-in, with one or a few settings. */
  String dropIn() {
    text.setLength(0);
    line(100, "[storage]");
    line(25, "driver = \"%s\"", any(DRIVERS));
    path(15, "graphroot", "dropin-g");
    path(10, "runroot", "dropin-r");
    path(10, "rootless_storage_path", "dropin-l");
    path(15, "imagestore", "dropin-i");
    line(10, "transient_store = %s", any(List.of("true", "false")));
    if (chance(60)) {
      options();
    }
    return text.toString();
  }

  private void options() {
    if (chance(50)) {
      line(100, "[storage.options]");
      line(20, "additionalimagestores = %s", any(STORES));
      line(4, "additionallayerstores = [\"/tmp/store/a:ref\"]");
      line(20, "ignore_chown_errors = %s", any(FLAGS));
      line(6, "mount_program = " + FUSE);
      line(8, "mountopt = \"nodev\"");
      line(5, "size = \"%s\"", any(List.of("0", "10G", "much")));
      line(5, "force_mask = %s", any(List.of("0o700", "0o755", "448", "0", "\"shared\"")));
      line(5, "skip_mount_home = \"%s\"", any(List.of("true", "false", "maybe")));
      line(5, "use_composefs = \"true\"");
      path(4, "imagestore", "o");
      line(4, "remap-uids = \"0:1:1000\"");
      line(4, "pull_options = {enable_partial_images = \"true\"}");
      line(4, "disable-volatile = true");
      line(4, "auto-userns-min-size = 1024");
      line(4, "ignore_chown_error = \"true\"");
    }
    if (chance(35)) {
      overlay();
    }
    if (chance(15)) {
      line(100, "[storage.options.vfs]");
      line(50, "ignore_chown_errors = %s", any(FLAGS));
      line(10, "sync = \"none\"");
      line(5, "mountopt = \"nodev\"");
    }
    line(5, "[storage.options.%s]", any(List.of("btrfs", "zfs", "thinpool", "aufs")));
    line(2, "[engine]");
  }

  private void overlay() {
    line(100, "[storage.options.overlay]");
    line(30, "ignore_chown_errors = %s", any(FLAGS));
    line(15, "mount_program = %s", any(List.of(FUSE, FUSE, FUSE, "\"/nowhere/fuse\"", "\"\"")));
    line(20, "mountopt = \"%s\"", any(List.of("nodev", "nodev,metacopy=on")));
    line(15, "force_mask = \"%s\"", any(List.of("shared", "private", "0755", "700", "rwx")));
    line(8, "size = \"%s\"", any(List.of("0", "0", "10G")));
    line(6, "inodes = \"%s\"", any(List.of("0", "0", "1000")));
    line(6, "skip_mount_home = \"%s\"", any(List.of("true", "false", "maybe")));
    line(12, "use_composefs = \"%s\"", any(List.of("true", "false", "false", "maybe")));
    line(6, "sync = \"%s\"", any(List.of("none", "filesystem", "all")));
    line(4, "unknown = \"x\"");
  }

  private void path(int percent, String key, String folder) {
    if (chance(percent)) {
      line(100, "%s = \"%s\"", key, chance(5) ? "" : any(FORMS) + folder);
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  @SuppressWarnings("AnnotateFormatMethod") // the lines are literals of this class
  private void line(int percent, String line, Object... values) {
    if (chance(percent)) {
      text.append(line.formatted(values)).append('\n');
    }
  }
}
