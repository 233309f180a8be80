/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import io.cadastre.subid.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A page of the audit log, newest first.
 *
 * @param filters the conditions as they were typed, by the name of their parameter
 * @param kinds all kinds
 * @param older the parameters of the next page, if there may be older events
 * @param searched whether the page ends because enough was searched, not because it is full
 */
public record EventsPage(
    Frame frame,
    Map<String, String> filters,
    List<String> kinds,
    List<EventGroup> groups,
    Optional<Map<String, String>> older,
    boolean searched) {
  /** Copies the collections. */
  public EventsPage {
    kinds = List.copyOf(kinds);
    groups = List.copyOf(groups);
  }

  /** The value of a filter; empty if there is none. */
  public String filter(String name) {
    return filters.getOrDefault(name, "");
  }

  /** The number of events on the page. */
  public int count() {
    return groups.stream().mapToInt(group -> group.events().size()).sum();
  }

  /** The number of events on the page in words. */
  public String counted() {
    return count() == 1 ? "1 event" : count() + " events";
  }

  /** The conditions as a sentence, for paper, where the form is not. */
  public String conditions() {
    String all =
        filters.entrySet().stream()
            .filter(each -> !each.getValue().isEmpty())
            .map(each -> each.getKey() + " " + Printable.of(each.getValue()))
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "All events." : "Events with " + all + ".";
  }

  /** Whether anything is left out by a condition. */
  public boolean isFiltered() {
    return filters.values().stream().anyMatch(value -> !value.isEmpty());
  }
}
