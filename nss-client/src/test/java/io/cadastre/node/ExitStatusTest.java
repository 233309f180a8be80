/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.subid.ExitCode;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The node's statuses are those of the table that it shares with the service. */
class ExitStatusTest {
  @Test
  void everyStatusIsTheOneOfTheSharedTable() throws IllegalAccessException {
    Set<String> names = new TreeSet<>();
    for (Field field : ExitStatus.class.getFields()) {
      assertThat(field.getInt(null)).isEqualTo(ExitCode.valueOf(field.getName()).code());
      names.add(field.getName());
    }
    for (ExitCode code : ExitCode.values()) {
      assertThat(names.contains(code.name()) || code == ExitCode.NO_INPUT).as("%s", code).isTrue();
    }
  }
}
