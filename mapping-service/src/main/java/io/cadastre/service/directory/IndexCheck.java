/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Filter;
import io.cadastre.schema.Profile;
import io.cadastre.schema.SchemaNames;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices by the answer times of a publish server that it lacks an index: a search for a value that
 * no entry has is as fast as reading one entry with an index, and reads all entries without one.
 * Then each owner takes longer than the one before. Thread-safe.
 */
final class IndexCheck {
  private static final Logger LOG = LoggerFactory.getLogger(IndexCheck.class);

  /** The pause between two checks. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  /** The pause after a finding: without an index a check itself is work for the server. */
  static final Duration PAUSE_OF_A_SLOW_SERVER = Duration.ofMinutes(10);

  /** Shorter ones do no harm: a few thousand entries without an index. */
  static final Duration HARMLESS = Duration.ofMillis(10);

  /** The search takes this many times as long as reading one entry; a busy server slows both. */
  static final int TIMES_AS_LONG = 10;

  private static final int MEASUREMENTS = 3;

  private final Map<String, Filter> absent = new LinkedHashMap<>();
  private final ToLongFunction<Filter> searchNanos;
  private final LongSupplier readNanos;
  private final LongSupplier clock;
  private long nextCheck;
  private volatile List<Finding> findings = List.of();

  /**
   * A check of the attributes by which entries are searched, here and by the server's uniqueness.
   *
   * @param searchNanos measures one search with a filter
   * @param readNanos measures the reading of one entry
   * @param clock as {@link System#nanoTime()}
   */
  IndexCheck(
      Profile profile,
      ToLongFunction<Filter> searchNanos,
      LongSupplier readNanos,
      LongSupplier clock) {
    this.searchNanos = searchNanos;
    this.readNanos = readNanos;
    this.clock = clock;
    this.nextCheck = clock.getAsLong();
    absent(SchemaNames.STABLE_ID, "absent");
    absent(SchemaNames.ALLOCATION_ID, "00000000-0000-0000-0000-000000000000");
    absent(profile.uidNumber(), "0");
    absent(profile.gidNumber(), "0");
    absent(profile.owner(), "cn=absent");
  }

  private void absent(String attribute, String value) {
    absent.put(attribute, Filter.createEqualityFilter(attribute, value));
  }

  /** The findings of the last check. */
  List<Finding> findings() {
    return findings;
  }

  /**
   * Checks, unless the last check is too young. An attribute is slow if two measurements in a row
   * say so.
   */
  synchronized void run() {
    if (clock.getAsLong() - nextCheck < 0) {
      return;
    }
    nextCheck = clock.getAsLong() + PAUSE.toNanos(); // also if the server is unreachable
    List<Finding> slow = new ArrayList<>();
    for (Map.Entry<String, Filter> each : absent.entrySet()) {
      boolean first = isSlow(each.getValue());
      if (first && isSlow(each.getValue())) {
        slow.add(finding(each.getKey(), searchMedian(each.getValue()), median(readNanos)));
      }
    }
    if (!slow.isEmpty() && findings.isEmpty()) {
      slow.forEach(finding -> LOG.warn("{} -> {}", finding.message(), finding.remedy()));
    } else if (slow.isEmpty() && !findings.isEmpty()) {
      LOG.info("the publish directory answers fast again, as with its indexes");
    }
    findings = List.copyOf(slow);
    if (!slow.isEmpty()) {
      nextCheck = clock.getAsLong() + PAUSE_OF_A_SLOW_SERVER.toNanos();
    }
  }

  private boolean isSlow(Filter filter) {
    if (searchNanos.applyAsLong(filter) < HARMLESS.toNanos()) {
      return false;
    }
    long search = searchMedian(filter);
    return search >= HARMLESS.toNanos() && search >= TIMES_AS_LONG * median(readNanos);
  }

  private long searchMedian(Filter filter) {
    return median(() -> searchNanos.applyAsLong(filter));
  }

  private static long median(LongSupplier measure) {
    return LongStream.generate(measure)
        .limit(MEASUREMENTS)
        .sorted()
        .skip(MEASUREMENTS / 2)
        .findFirst()
        .orElseThrow();
  }

  private static Finding finding(String attribute, long searchNanos, long readNanos) {
    return new Finding(
        "index-missing",
        Severity.WARNING,
        attribute,
        "the publish directory needs %.1f ms for a search by %s, and %.1f ms to read one entry, as without an index: publishing becomes slower with every entry"
            .formatted(searchNanos / 1e6, attribute, readNanos / 1e6),
        "Add the equality index of %s: for slapd \"index %s eq\" and slapindex, for 389-DS database.ldif of the schema and a reindex."
            .formatted(attribute, attribute));
  }
}
