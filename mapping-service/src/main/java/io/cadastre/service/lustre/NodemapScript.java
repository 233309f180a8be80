/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.lustre;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Writes the commands that let a nodemap's clients use the ranges of allocations:
 * lctl-nodemap_add_idmap(8) lines that map each range to itself, adjoining ranges in one line. The
 * offset is added afterwards, so a range beyond its limit cannot be mapped: a comment names it.
 */
public final class NodemapScript {
  private final String nodemap;
  private final Optional<NodemapOffset> offset;

  /**
   * A script for one nodemap.
   *
   * @param nodemap the name of the nodemap
   * @param offset the offset of the nodemap, if it has one
   */
  public NodemapScript(String nodemap, Optional<NodemapOffset> offset) {
    this.nodemap = nodemap;
    this.offset = offset;
  }

  /** The script for these allocations, in every state: files of all of them may exist. */
  public String of(Collection<Allocation> allocations) {
    StringBuilder script = new StringBuilder();
    script.append("# %d allocations\n".formatted(allocations.size()));
    offset.ifPresent(
        o ->
            script.append(
                "# client IDs 0 to %d are %d to %d on the file system\n"
                    .formatted(o.limit() - 1, o.first(), o.first() + o.limit() - 1)));
    long highest = -1;
    for (IdType type : IdType.values()) {
      List<IdRange> fit = new ArrayList<>();
      for (Allocation allocation : allocations) {
        IdRange range = allocation.range(type);
        if (isMapped(range)) {
          fit.add(range);
        } else {
          highest = Math.max(highest, range.last());
          script.append(squashed(allocation, type));
        }
      }
      joined(fit).forEach(range -> script.append(idmap(type, range)));
    }
    if (highest >= 0) {
      script.append(remedy(highest));
    }
    return script.toString();
  }

  private boolean isMapped(IdRange range) {
    return offset.stream().allMatch(o -> o.clients().contains(range));
  }

  private static String squashed(Allocation allocation, IdType type) {
    IdRange range = allocation.range(type);
    return "# squashed: %s %d-%d of %s, allocation %s (%s)\n"
        .formatted(
            type.word(),
            range.start(),
            range.last(),
            allocation.owner().name(),
            allocation.id(),
            allocation.state().word());
  }

  private String remedy(long highest) {
    long first = offset.orElseThrow().first();
    long limit = highest + 1;
    return first + highest > IdRange.MAX_ID
        ? "# no limit reaches them: the file system's IDs end at %d; choose an offset of at most %d\n"
            .formatted(IdRange.MAX_ID, IdRange.MAX_ID - highest)
        : "# a limit that maps them: lctl nodemap_add_offset --name %s --offset %d --limit %d\n"
            .formatted(nodemap, first, limit);
  }

  private String idmap(IdType type, IdRange range) {
    return "lctl nodemap_add_idmap --name %s --idtype %s --idmap %d-%d:%3$d-%4$d\n"
        .formatted(nodemap, type == IdType.SUBUID ? "uid" : "gid", range.start(), range.last());
  }

  /** The ranges in ascending order, adjoining ones merged. */
  private static List<IdRange> joined(List<IdRange> ranges) {
    List<IdRange> joined = new ArrayList<>();
    for (IdRange range : ranges.stream().sorted().toList()) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).last() + 1 == range.start()) {
        joined.set(last, IdRange.between(joined.get(last).start(), range.last()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }
}
