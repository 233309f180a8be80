/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A pool in the YAML.
 *
 * @param name lower-case letters, digits and hyphens
 * @param count IDs per owner; 65536 if left out
 * @param segments the IDs, in the order they are used
 * @param strategy {@code next-free} (if left out) or {@code deterministic}
 * @param uidFirst the uid that gets the first range of a deterministic pool; 1000 if left out
 */
public record PoolConfiguration(
    @NotNull String name,
    @Nullable Long count,
    @NotEmpty List<@Valid @NotNull Segment> segments,
    @Nullable StrategyName strategy,
    @Nullable Long uidFirst) {

  /**
   * A part of a pool.
   *
   * @param first the first ID, inclusive
   * @param last the last ID, inclusive
   */
  public record Segment(@NotNull Long first, @NotNull Long last) {
    private IdRange range(int index) {
      String path = "segments[%d].".formatted(index);
      if (first < 0 || first > IdRange.MAX_ID || last > IdRange.MAX_ID) {
        throw new IllegalArgumentException(
            "%s%s is refused: IDs are 0 to %d"
                .formatted(
                    path,
                    first < 0 || first > IdRange.MAX_ID ? "first: " + first : "last: " + last,
                    IdRange.MAX_ID));
      }
      if (last < first) {
        throw new IllegalArgumentException(
            "%slast: %d is refused: it lies before first: %d".formatted(path, last, first));
      }
      return IdRange.between(first, last);
    }
  }

  /** The strategies as the YAML writes them. */
  public enum StrategyName {
    /** See {@link Strategy#NEXT_FREE}. */
    @JsonProperty("next-free")
    NEXT_FREE,
    /** See {@link Strategy#DETERMINISTIC}. */
    @JsonProperty("deterministic")
    DETERMINISTIC
  }

  /**
   * The pool.
   *
   * @throws IllegalArgumentException naming the mistake
   */
  Pool toPool() {
    return new Pool(
        name,
        Objects.requireNonNullElse(count, Pool.DEFAULT_COUNT),
        IntStream.range(0, segments.size()).mapToObj(i -> segments.get(i).range(i)).toList(),
        strategy == StrategyName.DETERMINISTIC ? Strategy.DETERMINISTIC : Strategy.NEXT_FREE,
        Objects.requireNonNullElse(uidFirst, 1000L));
  }
}
