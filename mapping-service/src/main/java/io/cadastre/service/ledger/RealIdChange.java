/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A change to many real IDs of one type.
 *
 * @param type SUBUID for uids, SUBGID for gids
 * @param kind what happened to the IDs
 * @param ids the IDs, each once
 * @param at the time of the read
 */
public record RealIdChange(IdType type, Kind kind, List<Long> ids, Instant at) {
  /** What happened to an ID. */
  public enum Kind {
    /** The ID was unknown and exists now. */
    APPEARED,
    /** The ID was gone and exists again. */
    RETURNED,
    /** The ID existed and is gone. */
    DISAPPEARED,
    /** The ID has been gone for longer than it is remembered. */
    EXPIRED
  }

  /** Copies the list. */
  public RealIdChange {
    ids = List.copyOf(ids);
  }

  /** The same change in parts of at most this many IDs. */
  public List<RealIdChange> parts(int atMost) {
    List<RealIdChange> parts = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += atMost) {
      int to = Math.min(ids.size(), from + atMost);
      parts.add(new RealIdChange(type, kind, ids.subList(from, to), at));
    }
    return parts;
  }
}
