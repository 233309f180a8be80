/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RepetitionFilterTest {
  private final AtomicLong now = new AtomicLong(1);
  private final RepetitionFilter filter = new RepetitionFilter(now::get);

  private static LoggingEvent line(Level level, String text) {
    LoggerContext context = new LoggerContext();
    return new LoggingEvent("x", context.getLogger("x"), level, text, null, null);
  }

  private boolean passes(LoggingEvent line) {
    return filter.decide(line) != FilterReply.DENY;
  }

  @Test
  void identicalWarningsAreCountedAndTheNextLineSaysHowMany() {
    assertThat(passes(line(Level.WARN, "down"))).isTrue();
    for (int i = 0; i < 57; i++) {
      assertThat(passes(line(Level.WARN, "down"))).isFalse();
    }
    now.addAndGet(Duration.ofMinutes(1).toNanos());

    LoggingEvent next = line(Level.WARN, "down");

    assertThat(passes(next)).isTrue();
    assertThat(new PrintableEvent(next).getFormattedMessage())
        .isEqualTo("down (and 57 times since the last such line)");
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    LoggingEvent alone = line(Level.WARN, "down");
    assertThat(passes(alone)).isTrue();
    assertThat(new PrintableEvent(alone).getFormattedMessage()).isEqualTo("down");
  }

  @Test
  void otherLinesPass() {
    assertThat(passes(line(Level.WARN, "down"))).isTrue();
    assertThat(passes(line(Level.WARN, "up"))).isTrue();
    assertThat(passes(line(Level.ERROR, "down"))).isTrue();
    assertThat(passes(line(Level.INFO, "down"))).isTrue();
    assertThat(passes(line(Level.INFO, "down"))).isTrue();
  }

  @Test
  void remembersABoundedNumberOfLines() {
    for (int i = 0; i < 5000; i++) {
      assertThat(passes(line(Level.WARN, "line " + i))).isTrue();
    }
    assertThat(passes(line(Level.WARN, "line 4999"))).isFalse();
    assertThat(passes(line(Level.WARN, "line 0"))).isTrue();
  }
}
