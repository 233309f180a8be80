/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.registry.RunningWork.Shown;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RunningWorkTest {
  private final RunningWork works =
      new RunningWork(Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC));

  @Test
  void showsAWorkWhileItRunsAndAfter() {
    String result =
        works.run(
            "Audit",
            () -> {
              RunningWork.step("reads", 10);
              RunningWork.advance(3);
              Shown now = works.all().get(0);
              assertThat(now.what()).isEqualTo("Audit");
              assertThat(now.step()).isEqualTo("reads");
              assertThat(now.done()).isEqualTo(3);
              assertThat(now.total()).isEqualTo(10);
              assertThat(now.end()).isEmpty();
              RunningWork.step("looks", 0);
              assertThat(works.all().get(0).done()).isZero();
              return "report";
            });
    assertThat(result).isEqualTo("report");
    assertThat(works.all()).singleElement().satisfies(w -> assertThat(w.end()).contains("done"));
  }

  @Test
  void aWorkInsideAnotherHasStepsOfItsOwn() {
    int unused =
        works.run(
            "outer",
            () -> {
              RunningWork.step("one", 0);
              int unusedInner =
                  works.run(
                      "inner",
                      () -> {
                        RunningWork.step("two", 0);
                        assertThat(works.all())
                            .extracting(Shown::step)
                            .containsExactly("one", "two");
                        return 1;
                      });
              RunningWork.step("three", 0);
              assertThat(works.all()).extracting(Shown::step).containsExactly("three", "two");
              return 1;
            });
  }

  @Test
  void sayingTheStepWithoutAShownWorkDoesNothing() {
    RunningWork.step("nothing", 1);
    RunningWork.advance(1);
    assertThat(works.all()).isEmpty();
  }

  @Test
  void whatFailsAgainAndAgainIsOneLine() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  works.run(
                      "Comparison",
                      () -> {
                        throw new IllegalStateException("no answer");
                      }))
          .hasMessage("no answer");
    }
    assertThat(works.all())
        .singleElement()
        .satisfies(w -> assertThat(w.end()).contains("failed: no answer"));
  }

  @Test
  void remembersTheLastTwenty() {
    for (int i = 0; i < 30; i++) {
      int unused = works.run("work " + i, () -> 1);
    }
    assertThat(works.all()).hasSize(20).first().extracting(Shown::what).isEqualTo("work 29");
  }
}
