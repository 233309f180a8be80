/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.IdRange;
import java.util.List;

/**
 * An entry of the directory that was, or would be, dismissed.
 *
 * @param dn as a finding prints it
 * @param uidRanges the subuid ranges that it claimed
 * @param gidRanges the subgid ranges that it claimed
 */
public record Dismissed(String dn, List<IdRange> uidRanges, List<IdRange> gidRanges) {
  /** Copies the lists. */
  public Dismissed {
    uidRanges = List.copyOf(uidRanges);
    gidRanges = List.copyOf(gidRanges);
  }
}
