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
 * The mounts of a mount namespace, in mountinfo's order: what is mounted later lies on top.
 *
 * @param text of /proc/PID/mountinfo, from which the mounts come
 * @param mounts the lines that describe one
 */
public record MountTable(String text, List<Mount> mounts) {

  /** Copies the list. */
  public MountTable {
    mounts = List.copyOf(mounts);
  }

  /** The table that this text of mountinfo spells; lines that do not parse are passed over. */
  public static MountTable parse(String mountinfo) {
    return new MountTable(
        mountinfo, mountinfo.lines().flatMap(line -> Mount.parse(line).stream()).toList());
  }

  /**
   * The mount that a path lies on. It is looked for as the kernel walks: down from the root, into
   * whatever is mounted on the way. So a mount below a folder that was mounted over later holds
   * nothing.
   *
   * @param path absolute, without links; it need not exist
   * @return empty where the table has no root, as within a chroot
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
    // What was mounted first on /: itself on nothing that is in this table.
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

  /** A folder of a mount, which another mount may lie on. */
  private record Spot(long mount, String point) {}

  /**
   * The topmost of what is stacked on {@code point} in {@code mount}; that itself if nothing is.
   */
  private Mount top(Mount mount, String point, Map<Spot, Mount> topmost) {
    Mount top = mount;
    // At most all of them: a forged table may have mounts that lie on each other.
    for (int i = 0; i < mounts.size(); i++) {
      Optional<Mount> above = Optional.ofNullable(topmost.get(new Spot(top.id(), point)));
      if (above.isEmpty()) {
        return top;
      }
      top = above.get();
    }
    return top;
  }

  /** The path's parents from the root on, and the path. */
  private static List<String> ancestors(String path) {
    List<String> all = new ArrayList<>(List.of("/"));
    StringBuilder at = new StringBuilder();
    Stream.of(path.split("/"))
        .filter(name -> !name.isEmpty())
        .forEach(name -> all.add(at.append('/').append(name).toString()));
    return all;
  }
}
