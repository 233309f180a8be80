/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.storage.fitness.Mount;
import io.cadastre.subid.IdType;
import java.util.Optional;

/**
 * The part of N05 about /etc/subuid and /etc/subgid as files: whether shadow opens them, and
 * whether a sync can replace them.
 */
final class SubidFiles {
  private SubidFiles() {}

  /** What is wrong with the two files; empty if they are plain files that can be replaced. */
  static Optional<CheckOutcome> problem(CheckedNode node) throws Unobservable {
    Optional<CheckOutcome> warning = Optional.empty();
    for (IdType type : IdType.values()) {
      String file = file(type);
      if (node.host().isLink(file)) {
        return Optional.of(
            CheckOutcome.fail(
                unread(node, type).orElseThrow(), "Put a plain file there" + copy(node, file)));
      }
      if (!node.host().exists(file)) {
        return missing(node, file);
      }
      Optional<Mount> mount = node.mounts().flatMap(table -> table.holding(file));
      if (mount.filter(holding -> holding.point().equals(file)).isPresent()) {
        warning =
            Optional.of(
                CheckOutcome.warn(
                    file
                        + " is a mount point: it is read, but a sync cannot replace it (exit status"
                        + " 73)",
                    "Run \"umount %s\" and remove it from the list that mounts it (statelite, rwtab, fstab); to keep it apart from the image, mount all of /etc."
                        .formatted(file)));
      }
    }
    return warning;
  }

  /** Why shadow cannot read a file; empty if it can. */
  static Optional<String> unread(CheckedNode node, IdType type) throws Unobservable {
    String file = file(type);
    if (node.host().isLink(file)) {
      return Optional.of(
          file + " is a symbolic link, which shadow does not follow: newuidmap and getsubids fail");
    }
    return node.host().exists(file) ? Optional.empty() : Optional.of("there is no " + file);
  }

  private static Optional<CheckOutcome> missing(CheckedNode node, String file) throws Unobservable {
    String remedy = "Run: install -m 644 /dev/null %s".formatted(file);
    if (node.subidSource().equals("files")) {
      return node.nodeState().lastGood().isPresent()
          ? Optional.of(
              CheckOutcome.fail(
                  "there is no %s, so nobody has a range".formatted(file),
                  "Run cadastre-node sync."))
          : Optional.empty();
    }
    Optional<ShadowVersion> version = ShadowVersion.detect(node.host());
    return version.filter(ShadowVersion::leavesFilesToThePlugin).isPresent()
        ? Optional.of(
            CheckOutcome.warn(
                "there is no %s: shadow %s does not need it beside a plugin, but other programs read it"
                    .formatted(file, version.get()),
                remedy))
        : Optional.of(
            CheckOutcome.fail(
                "there is no %s: newuidmap and newgidmap before shadow 4.19 open it beside a plugin too, and fail without a message, and so does Podman"
                    .formatted(file),
                remedy));
  }

  /** On the running system the link's target is what libsubid is meant to read. */
  private static String copy(CheckedNode node, String file) {
    return node.host().live()
        ? ": cp --remove-destination \"$(readlink -f %s)\" %s".formatted(file, file)
        : " (cp --remove-destination TARGET %s).".formatted(file);
  }

  private static String file(IdType type) {
    return "/etc/" + type.word();
  }
}
