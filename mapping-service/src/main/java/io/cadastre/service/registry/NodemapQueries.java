/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.AllocationQuery;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.lustre.NodemapOffset;
import io.cadastre.service.lustre.NodemapScript;
import io.cadastre.subid.IdRange;
import java.util.Optional;
import java.util.regex.Pattern;

/** Renders the commands that let a nodemap of Lustre use the ranges. Thread-safe. */
public final class NodemapQueries {
  /** Lustre's own rule (LUSTRE_NODEMAP_NAME_LENGTH), without characters that a shell reads. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,16}");

  private final Ledger ledger;
  private final PoolUsageQueries pools;

  /** Nodemaps for the ranges of this ledger. */
  public NodemapQueries(Ledger ledger, PoolUsageQueries pools) {
    this.ledger = ledger;
    this.pools = pools;
  }

  /**
   * The commands for the ranges of all allocations in any state: files of all of them may exist.
   *
   * @param name the nodemap's name
   * @param pool only ranges of this pool
   * @param first the nodemap's offset; given if {@code limit} is
   * @param limit the number of IDs that the offset maps
   * @throws Refused if the name or the offset is not valid, or the pool is unknown
   */
  public String script(
      String name, Optional<String> pool, Optional<Long> first, Optional<Long> limit) {
    if (!NAME.matcher(name).matches()) {
      throw refused(
          "name is refused: a nodemap's name has 1 to 16 letters, digits and underscores");
    }
    Optional<NodemapOffset> offset = offset(first, limit);
    pool.ifPresent(pools::named);
    return new NodemapScript(name, offset)
        .of(
            ledger.read(
                queries ->
                    queries.page(
                        new AllocationQuery(
                            pool,
                            Optional.empty(),
                            Optional.empty(),
                            0,
                            IdRange.MAX_ID,
                            -1,
                            Integer.MAX_VALUE))));
  }

  private static Optional<NodemapOffset> offset(Optional<Long> first, Optional<Long> limit) {
    if (first.isEmpty() && limit.isEmpty()) {
      return Optional.empty();
    }
    if (first.isEmpty() || limit.isEmpty()) {
      throw refused(
          "the parameter %s is missing: first and limit go together"
              .formatted(first.isEmpty() ? "first" : "limit"));
    }
    try {
      return Optional.of(new NodemapOffset(first.get(), limit.get()));
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }

  private static Refused refused(String why) {
    return new Refused(RefusalCode.BAD_REQUEST, why);
  }
}
