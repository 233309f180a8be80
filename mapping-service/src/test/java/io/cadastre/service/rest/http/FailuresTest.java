/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.api.Problem;
import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
  private static Response answer(Throwable failure) {
    return new FailureMapper().toResponse(failure);
  }

  private static Problem problem(Response answer) {
    return (Problem) answer.getEntity();
  }

  @ParameterizedTest
  @EnumSource(RefusalCode.class)
  void everyRefusalIsTheCallersMove(RefusalCode code) {
    Response answer = answer(new Refused(code, "why"));

    assertThat(answer.getStatus()).isBetween(400, 499);
    assertThat(answer.getMediaType()).hasToString("application/problem+json");
    assertThat(problem(answer).type()).isEqualTo("urn:cadastre:problem:" + code.word());
    assertThat(problem(answer).title()).isEqualTo(code.title());
    assertThat(problem(answer).status()).isEqualTo(answer.getStatus());
    assertThat(problem(answer).detail()).isEqualTo("why");
  }

  @Test
  void everyRefusalHasATypeOfItsOwn() {
    Set<String> types = new HashSet<>();
    for (RefusalCode code : RefusalCode.values()) {
      assertThat(types.add(problem(answer(new Refused(code, "why"))).type())).isTrue();
    }
  }

  @Test
  void unavailableSaysWhenToTryAgain() {
    Response answer = answer(new Unavailable("the ledger is away", Duration.ofMillis(4900)));

    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
    assertThat(problem(answer).type()).isEqualTo("urn:cadastre:problem:unavailable");
    assertThat(answer(new Unavailable("x", Duration.ZERO)).getHeaderString("Retry-After"))
        .isEqualTo("1");
  }

  @Test
  void brokenInvariantsAreNamed() {
    Response answer = answer(new InvariantBroken("two ranges overlap"));

    assertThat(answer.getStatus()).isEqualTo(500);
    assertThat(problem(answer).detail()).isEqualTo("two ranges overlap");
  }

  @Test
  void unforeseenFailuresTellNothingOfTheInside() {
    for (Throwable failure :
        new Throwable[] {
          new IllegalStateException("secret"), new InternalServerErrorException("secret")
        }) {
      Response answer = answer(failure);

      assertThat(answer.getStatus()).isEqualTo(500);
      assertThat(problem(answer).type()).isEqualTo("urn:cadastre:problem:broken");
      assertThat(problem(answer).detail()).doesNotContain("secret");
    }
  }

  @Test
  void wrappedRefusalsAreRefusals() {
    Refused refused = new Refused(RefusalCode.POOL_FULL, "why");

    assertThat(answer(new IllegalArgumentException(refused)).getStatus()).isEqualTo(409);
  }
}
