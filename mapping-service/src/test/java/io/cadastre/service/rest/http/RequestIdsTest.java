/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An ID that no client gave. */
class RequestIdsTest {
  @Test
  void newIdsDiffer() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      ids.add(RequestIds.accept(null));
    }
    assertThat(ids).hasSize(1000);
  }

  @Test
  void newIdIsUuidOfVersion8() {
    String id = RequestIds.accept("not fit");

    UUID uuid = UUID.fromString(id);
    assertThat(uuid).hasToString(id);
    assertThat(uuid.version()).isEqualTo(8);
    assertThat(uuid.variant()).isEqualTo(2);
  }
}
