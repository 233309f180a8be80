/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.subid.IdRange;
import java.util.List;
import java.util.stream.Stream;

/** The rule about Lustre's nodemaps: the servers squash an ID outside their limit. */
final class NodemapRules {
  private NodemapRules() {}

  static Stream<FindingDraft> rangeOutside(SettingsContext settings) {
    return settings.facts().nodemap().stream()
        .flatMap(
            allowed ->
                Stream.concat(
                        settings.facts().subuids().stream().flatMap(List::stream),
                        settings.facts().subgids().stream().flatMap(List::stream))
                    .distinct()
                    .filter(range -> !allowed.contains(range))
                    .map(range -> outside(range, allowed)));
  }

  private static FindingDraft outside(IdRange range, IdRange allowed) {
    return FindingDraft.error(
        "the range %s leaves the IDs %d to %d that the nodemap of the Lustre servers lets through: files of"
                .formatted(range, allowed.start(), allowed.last())
            + " the others are squashed to nobody, or refused",
        "Raise the limit of the nodemap, add an idmap for the range (lctl nodemap_add_idmap), or choose"
            + " a pool within it.");
  }
}
