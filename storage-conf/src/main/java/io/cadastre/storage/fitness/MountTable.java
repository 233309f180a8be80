/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The mounts of a mount namespace, in the order of mountinfo: a later mount covers an earlier one.
 * Immutable.
 *
 * @param text the text of /proc/PID/mountinfo
 * @param mounts the mounts in that text
 */
public record MountTable(String text, List<Mount> mounts) {

  /** Copies the list. */
  public MountTable {
    mounts = List.copyOf(mounts);
  }

  /** Parses mountinfo. Skips lines that describe no mount. */
  public static MountTable parse(String mountinfo) {
    return new MountTable(
        mountinfo, mountinfo.lines().flatMap(line -> Mount.parse(line).stream()).toList());
  }

  /**
   * Returns the mount of a path. The search walks down from the root and into each mount on the
   * way, as the kernel does: a mount below a folder that a later mount covers holds no path.
   *
   * @param path absolute, without links; it need not exist
   * @return empty if the table has no root, as in a chroot
   */
  public Optional<Mount> holding(String path) {
    Map<Spot, Mount> topmost = new HashMap<>();
    Set<Long> ids = new HashSet<>();
    for (Mount mount : mounts) {
      ids.add(mount.id());
      if (mount.parent() != mount.id()) {
        topmost.put(new Spot(mount.parent(), mount.point()), mount);
      }
    }
    // The first mount on /: its parent is not in this table.
    Optional<Mount> at =
        mounts.stream()
            .filter(mount -> mount.point().equals("/"))
            .filter(mount -> mount.parent() == mount.id() || !ids.contains(mount.parent()))
            .findFirst();
    for (String point : ancestors(path)) {
      at = at.map(mount -> top(mount, point, topmost));
    }
    return at;
  }

  /** A folder of a mount, on which another mount may lie. */
  private record Spot(long mount, String point) {}

  /**
   * Returns the topmost mount on {@code point} of {@code mount}; {@code mount} itself if there is
   * none.
   */
  private Mount top(Mount mount, String point, Map<Spot, Mount> topmost) {
    Mount top = mount;
    // The loop is bounded: in a forged table mounts may lie on each other.
    for (int i = 0; i < mounts.size(); i++) {
      Optional<Mount> above = Optional.ofNullable(topmost.get(new Spot(top.id(), point)));
      if (above.isEmpty()) {
        return top;
      }
      top = above.get();
    }
    return top;
  }

  /** Returns the parents of the path from the root on, and the path. */
  private static List<String> ancestors(String path) {
    List<String> all = new ArrayList<>(List.of("/"));
    StringBuilder at = new StringBuilder();
    Stream.of(path.split("/"))
        .filter(name -> !name.isEmpty())
        .forEach(name -> all.add(at.append('/').append(name).toString()));
    return all;
  }
}
