/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.storage.fitness.Mount;
import io.cadastre.subid.IdType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of N05 about /etc/subuid and /etc/subgid as files: whether shadow opens them, and
 * whether a sync can replace them.
 */
final class SubidFiles {
  private static final String FILES = "files";

  private SubidFiles() {}

  /** What is wrong with the two files; empty if they are plain files that can be replaced. */
  static List<CheckOutcome> problems(CheckedNode node) throws Unobservable {
    List<CheckOutcome> problems = new ArrayList<>();
    for (IdType type : IdType.values()) {
      String file = file(type);
      if (node.host().isLink(file)) {
        problems.add(link(node, type));
      } else if (!node.host().exists(file)) {
        problems.add(missing(node, type));
      } else if (node.settings().mode() == Mode.FILES) {
        // In plugin mode a sync replaces a file only if local rows change.
        mounted(node, file).ifPresent(problems::add);
      }
    }
    return problems;
  }

  /** Why the file is not a plain file; empty if it is. */
  static Optional<String> unread(CheckedNode node, IdType type) throws Unobservable {
    String file = file(type);
    if (!node.host().isLink(file)) {
      return node.host().exists(file) ? Optional.empty() : Optional.of("there is no " + file);
    }
    String link = file + " is a symbolic link";
    if (node.subidSource().equals(FILES)) {
      return Optional.of(link + ", which shadow does not follow: newuidmap and getsubids fail");
    }
    return Optional.of(
        withoutFiles(node).isPresent()
            ? link
            : link
                + ": newuidmap and newgidmap before shadow 4.19 open it beside a plugin too, do not"
                + " follow it, and fail");
  }

  private static CheckOutcome link(CheckedNode node, IdType type) throws Unobservable {
    String why = unread(node, type).orElseThrow();
    Optional<ShadowVersion> version = withoutFiles(node);
    return version.isPresent()
        ? CheckOutcome.warn(
            "%s: shadow %s does not open it beside a plugin, but sync and verify stop (exit status 73)"
                .formatted(why, version.get()),
            plainFile(node, file(type)))
        : CheckOutcome.fail(why, plainFile(node, file(type)));
  }

  private static CheckOutcome missing(CheckedNode node, IdType type) throws Unobservable {
    String missing = "there is no " + file(type);
    String remedy = "Run \"%s\".".formatted(install(path(node, file(type))));
    if (node.subidSource().equals(FILES)) {
      String why = "%s, so no user has a %s range".formatted(missing, type.word());
      return node.nodeState().lastGood().isPresent()
          ? CheckOutcome.fail(why, "Run cadastre-node sync.")
          : CheckOutcome.warn(why, remedy);
    }
    Optional<ShadowVersion> version = withoutFiles(node);
    return version.isPresent()
        ? CheckOutcome.warn(
            "%s: shadow %s does not need it beside a plugin, but other programs read it"
                .formatted(missing, version.get()),
            remedy)
        : CheckOutcome.fail(
            missing
                + ": newuidmap and newgidmap before shadow 4.19 open it beside a plugin too, and"
                + " fail without a message, and so does Podman",
            remedy);
  }

  private static Optional<CheckOutcome> mounted(CheckedNode node, String file) {
    Optional<Mount> mount = node.mounts().flatMap(table -> table.holding(file));
    return mount
        .filter(holding -> holding.point().equals(file))
        .map(
            holding ->
                CheckOutcome.warn(
                    file
                        + " is a mount point: it is read, but a sync cannot replace it (exit status"
                        + " 73)",
                    "Run \"umount %s\" and remove it from the list that mounts it (statelite, rwtab, fstab); to keep it apart from the image, mount all of /etc."
                        .formatted(file)));
  }

  /** The version of shadow if libsubid asks a plugin and no program of it opens the files. */
  private static Optional<ShadowVersion> withoutFiles(CheckedNode node) throws Unobservable {
    return node.subidSource().equals(FILES)
        ? Optional.empty()
        : ShadowVersion.detect(node.host()).filter(ShadowVersion::leavesFilesToThePlugin);
  }

  /** The commands that put a file in the place of a link: what it leads to, or an empty one. */
  private static String plainFile(CheckedNode node, String file) {
    Path link = path(node, file);
    Optional<Path> target =
        node.host().real(link).filter(real -> node.host().tryStat(link).isPresent());
    return "Put a plain file there: "
        + target
            .map(real -> "cp --remove-destination %s %s".formatted(real, link))
            .orElseGet(() -> "rm %s && %s".formatted(link, install(link)));
  }

  private static String install(Path file) {
    return "install -m 644 /dev/null " + file;
  }

  /** Where the file is for a command that runs on this system. */
  private static Path path(CheckedNode node, String file) {
    return node.host().resolve(file);
  }

  private static String file(IdType type) {
    return "/etc/" + type.word();
  }
}
