/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.schema.Profile;
import io.cadastre.subid.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The judgement of a publish server's answer times; the times are the test's. */
class IndexCheckTest {
  private static final long MS = 1_000_000;

  private final AtomicLong now = new AtomicLong();
  private final AtomicLong measurements = new AtomicLong();

  private IndexCheck check(long readNanos, long usual, Map<String, Long> slow) {
    return new IndexCheck(
        Profile.GENERIC,
        filter -> {
          measurements.incrementAndGet();
          return slow.getOrDefault(filter.getAttributeName(), usual);
        },
        () -> readNanos,
        now::get);
  }

  private static List<Finding> findings(IndexCheck check) {
    check.run();
    return check.findings();
  }

  @Test
  void attributeWithoutAnIndexIsNamedWithItsTimes() {
    assertThat(findings(check(MS, MS, Map.of("cadastreStableId", 150 * MS))))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.rule()).isEqualTo("index-missing");
              assertThat(f.subject()).isEqualTo("cadastreStableId");
              assertThat(f.message()).contains("150.0 ms", "1.0 ms");
              assertThat(f.remedy()).contains("index cadastreStableId eq");
            });
  }

  @Test
  void busyServerIsNotBlamed() {
    assertThat(findings(check(200 * MS, 900 * MS, Map.of()))).isEmpty();
  }

  @Test
  void smallDirectoryNeedsNoIndex() {
    assertThat(findings(check(MS / 10, 9 * MS, Map.of()))).isEmpty();
  }

  @Test
  void fewSlowAnswersAreNoMissingIndex() {
    AtomicLong answers = new AtomicLong();
    IndexCheck check =
        new IndexCheck(
            Profile.GENERIC,
            filter -> answers.incrementAndGet() % 4 < 2 ? 500 * MS : MS,
            () -> MS,
            now::get);

    assertThat(findings(check)).isEmpty();
  }

  @Test
  void serverIsMeasuredNowAndThenAndTheFindingEndsWithTheIndex() {
    AtomicLong time = new AtomicLong(100 * MS);
    IndexCheck check =
        new IndexCheck(
            Profile.GENERIC,
            filter -> {
              measurements.incrementAndGet();
              return time.get();
            },
            () -> MS,
            now::get);
    assertThat(findings(check)).hasSize(5);
    long before = measurements.get();
    time.set(MS);
    now.addAndGet(IndexCheck.PAUSE_OF_A_SLOW_SERVER.toNanos() - 1);
    assertThat(findings(check)).hasSize(5);
    assertThat(measurements.get()).isEqualTo(before);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(findings(check)).isEmpty();
    time.set(100 * MS);
    now.addAndGet(IndexCheck.PAUSE.toNanos() - 1);
    assertThat(findings(check)).isEmpty();
    now.addAndGet(1);
    assertThat(findings(check)).hasSize(5);
  }
}
