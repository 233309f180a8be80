/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.Dismissed;
import java.util.List;

/**
 * An entry that was, or would be, dismissed.
 *
 * @param dn as a finding prints it
 * @param subuid the subuid ranges that it claimed
 * @param subgid the subgid ranges that it claimed
 */
public record DismissedEntryJson(String dn, List<RangeJson> subuid, List<RangeJson> subgid) {
  /** The answer that reports this dismissal. */
  public static DismissedEntryJson of(Dismissed dismissed) {
    return new DismissedEntryJson(
        dismissed.dn(),
        dismissed.uidRanges().stream().map(RangeJson::of).toList(),
        dismissed.gidRanges().stream().map(RangeJson::of).toList());
  }
}
