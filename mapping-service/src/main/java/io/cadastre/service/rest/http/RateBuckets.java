/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cadastre.service.access.RequestRate;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each source of requests. Remembers 100,000 sources, those that ask most: a
 * forgotten one begins with a full bucket. Thread-safe.
 */
final class RateBuckets {
  private static final int SOURCES = 100_000;

  private final RequestRate rate;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  /** Full buckets of this rate. */
  RateBuckets(RequestRate rate, TimeMeter time) {
    this.rate = rate;
    this.time = time;
    // After so long without a request a bucket is full, and no different from a new one.
    Duration untilFull = Duration.ofSeconds(rate.burst() / rate.perSecond() + 1);
    // In the thread of the request: it takes less than waking another one.
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(SOURCES)
            .expireAfterAccess(untilFull)
            .executor(Runnable::run)
            .build();
  }

  /** Takes a request; returns the time to wait if it may not come now. */
  Optional<Duration> take(String source) {
    ConsumptionProbe probe =
        buckets.get(source, unused -> bucket()).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit
                    .capacity(rate.burst())
                    .refillGreedy(rate.perSecond(), Duration.ofNanos(TimeUnit.SECONDS.toNanos(1))))
        .withCustomTimePrecision(time)
        .build();
  }
}
