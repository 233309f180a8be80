/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.ReservedRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells which claims of other programs the configured pools cross. Pure. */
public final class PoolClaims {
  private PoolClaims() {}

  /** Returns a line for each pool and each claim that it crosses, except for accepted claims. */
  public static List<String> warnings(List<Pool> pools, AcceptedClaims accepted) {
    return pools.stream().flatMap(pool -> warnings(pool, accepted).stream()).toList();
  }

  private static List<String> warnings(Pool pool, AcceptedClaims accepted) {
    Map<ReservedRange, IdRange> crossed = new LinkedHashMap<>();
    for (IdRange segment : pool.segments()) {
      ReservedIds.claiming(segment, accepted).forEach(r -> crossed.putIfAbsent(r, segment));
    }
    return crossed.entrySet().stream()
        .map(entry -> warning(pool, entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String warning(Pool pool, ReservedRange reserved, IdRange segment) {
    return "warning: pool %s: [%d, %d] crosses the IDs %s. %s If they do not use these IDs on your nodes, add %s to allowClaims."
        .formatted(
            pool.name(),
            segment.start(),
            segment.last(),
            reserved,
            reserved.remedy(),
            reserved.keyword());
  }
}
