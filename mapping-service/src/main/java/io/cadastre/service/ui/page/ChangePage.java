/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change: first its form, then what it would do, then what it has done.
 *
 * @param fields the form as it was filled in, by the names of its fields
 * @param pools the pools to choose from, the default first
 * @param callerSays whether the form must say who the account is, since no directory does
 * @param note what has happened, if the form comes back
 * @param shown what the change does; empty before the dry run
 */
public record ChangePage(
    Frame frame,
    ChangeKind kind,
    Map<String, String> fields,
    List<String> pools,
    boolean callerSays,
    Optional<String> note,
    Optional<Shown> shown) {
  /** Copies the list. */
  public ChangePage {
    pools = List.copyOf(pools);
  }

  /** The text of a field. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /**
   * What a change does, or did.
   *
   * @param done whether it was made
   * @param fingerprint by which the change is known again
   * @param differences of the allocation that counts
   */
  public record Shown(
      boolean done,
      String fingerprint,
      AllocationView before,
      AllocationView after,
      List<Difference> differences) {}
}
