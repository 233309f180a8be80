/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.failure.ConfigurationRefused;
import io.dropwizard.testing.DropwizardTestSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first start that fails records no pools, since pools are recorded for ever. */
class FirstStartTest {
  @TempDir Path dir;

  @Test
  void aMissingPasswordIsNamedAndNoPoolIsRecorded() throws Exception {
    String shown =
        Files.readString(Path.of(System.getProperty("cadastre.root"), "config/cadastre.yml"));
    Path file = dir.resolve("cadastre.yml");
    Path token = dir.resolve("bootstrap.token");
    assertThat(CommandLine.run("token", "bootstrap", token.toString()).status()).isZero();
    Files.writeString(
        file,
        shown
            .replace("/var/lib/cadastre/service/", dir + "/")
            .replace("/etc/cadastre/bootstrap.token", token.toString())
            .replace("/etc/cadastre/ldap.password", dir + "/no.password"));
    DropwizardTestSupport<CadastreConfiguration> service =
        new DropwizardTestSupport<>(CadastreApplication.class, file.toString());

    assertThatThrownBy(service::before)
        .isInstanceOf(ConfigurationRefused.class)
        .hasStackTraceContaining("no.password");

    assertThat(dir.resolve("ledger.mv.db")).doesNotExist();
  }
}
