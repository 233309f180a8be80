/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.util.List;

/**
 * An owner.
 *
 * @param counting the allocation that counts
 * @param ranges all ranges, the latest first
 * @param names the names and uids, oldest first
 * @param lines what a node has in /etc/subuid and /etc/subgid for this owner; empty for nothing
 * @param events the newest events, newest first
 * @param more whether there are older events
 */
public record OwnerPage(
    Frame frame,
    AllocationView counting,
    List<Held> ranges,
    List<Known> names,
    List<Line> lines,
    List<EventGroup> events,
    boolean more) {
  /** Copies the lists. */
  public OwnerPage {
    ranges = List.copyOf(ranges);
    names = List.copyOf(names);
    lines = List.copyOf(lines);
    events = List.copyOf(events);
  }

  /**
   * A name and a uid that the owner has, or had.
   *
   * @param from when the registry learnt it
   * @param to when the next one came; empty for the present one
   */
  public record Known(String name, String uid, String from, String to) {}

  /**
   * A range that the owner has, or had.
   *
   * @param from when it was recorded; empty if no event tells it
   * @param to when it came into its state, if it is not active; empty for an active one
   */
  public record Held(AllocationView allocation, String from, String to) {}

  /** A line of a node's file. */
  public record Line(String file, String text) {}
}
