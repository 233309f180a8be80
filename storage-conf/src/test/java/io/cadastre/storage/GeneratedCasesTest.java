/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The golden files rely on the generated cases: the same seed gives the same ones. */
class GeneratedCasesTest {
  private final List<StorageCase> cases = GeneratedCases.cases(16, 300);

  @Test
  void theSameSeedGivesTheSameCases() {
    assertThat(GeneratedCases.cases(16, 300)).isEqualTo(cases);
    assertThat(GeneratedCases.cases(16, 120)).isEqualTo(cases.subList(0, 120));
    assertThat(GeneratedCases.cases(17, 300)).isNotEqualTo(cases);
  }

  @Test
  void everyPlaceAndVariableOccurs() {
    Set<String> folders =
        cases.stream()
            .flatMap(made -> made.files().keySet().stream())
            .map(path -> path.substring(0, path.lastIndexOf('/')))
            .collect(Collectors.toSet());
    assertThat(folders)
        .contains(
            "/etc/containers",
            "/usr/share/containers",
            "@HOME@",
            "@HOME@/.config/containers",
            "@HOME@/conf/containers",
            "/etc/containers/storage.conf.d",
            "/etc/containers/storage.rootful.conf.d",
            "/etc/containers/storage.rootless.conf.d",
            "/etc/containers/storage.rootless.conf.d/4242",
            "/usr/share/containers/storage.conf.d",
            "@HOME@/.config/containers/storage.conf.d");
    assertThat(cases.stream().flatMap(made -> made.environment().keySet().stream()))
        .contains(
            "CONTAINERS_STORAGE_CONF",
            "CONTAINERS_STORAGE_CONF_OVERRIDE",
            "STORAGE_DRIVER",
            "STORAGE_OPTS",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME");
    assertThat(cases.stream().map(StorageCase::session)).contains(PauseProcess.values());
    assertThat(cases.stream().map(StorageCase::root)).contains(true, false);
  }
}
