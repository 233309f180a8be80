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
 * @param kind what became of them
 * @param ids the IDs, each once
 * @param at the time of the read that showed it
 */
public record RealIdChange(IdType type, Kind kind, List<Long> ids, Instant at) {
  /** What became of an ID. */
  public enum Kind {
    /** It was unknown and is there now. */
    APPEARED,
    /** It was gone and is there again. */
    RETURNED,
    /** It was there and is gone. */
    DISAPPEARED,
    /** It has been gone for so long that it guards nothing any more. */
    EXPIRED
  }

  /** Copies the list. */
  public RealIdChange {
    ids = List.copyOf(ids);
  }

  /** The same change in parts of so many IDs at most. */
  public List<RealIdChange> parts(int atMost) {
    List<RealIdChange> parts = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += atMost) {
      int to = Math.min(ids.size(), from + atMost);
      parts.add(new RealIdChange(type, kind, ids.subList(from, to), at));
    }
    return parts;
  }
}
