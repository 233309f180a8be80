/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.subid.OwnerName;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the slapd that other tests rely on. */
@Tag("slow")
class SlapdTest {
  @TempDir Path dir;
  private Slapd slapd;

  @BeforeEach
  void start() {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    slapd = Slapd.start();
  }

  @AfterEach
  void close() {
    Optional.ofNullable(slapd).ifPresent(Slapd::close);
  }

  @Test
  void accountsAreAddedRenamedAndDeleted() {
    String id = slapd.addAccount("zoe", 5000, 5001);
    slapd.rename("zoe", "zara");
    try (Directory directory = Directory.open(slapd.configuration(), Clock.systemUTC())) {
      assertThat(directory.identity().find(new OwnerName("zoe"))).isEmpty();
      assertThat(directory.identity().find(new OwnerName("zara")).orElseThrow().owner())
          .satisfies(
              o -> {
                assertThat(o.stableId()).contains(id);
                assertThat(o.uidNumber()).isEqualTo(5000);
                assertThat(o.gidNumber()).isEqualTo(5001);
              });
    }
    assertThat(slapd.count(Slapd.PEOPLE)).isEqualTo(1);
    slapd.delete("zara");
    assertThat(slapd.count(Slapd.PEOPLE)).isZero();
    assertThat(slapd.count(Slapd.SUBIDS)).isZero();
  }

  @Test
  void dataSurvivesAStopAndAKill() {
    slapd.addAccount("zoe", 5000, 5000);
    slapd.stop();
    try (Directory directory = Directory.open(slapd.configuration(), Clock.systemUTC())) {
      assertThatThrownBy(() -> directory.identity().ping())
          .isInstanceOf(DirectoryUnavailable.class);
      slapd.restart();
      directory.identity().ping();
      directory.publish().ping();
    }
    slapd.addAccount("yan", 5001, 5001);
    slapd.kill();
    slapd.restart();
    assertThat(slapd.count(Slapd.PEOPLE)).isEqualTo(2);
  }

  @Test
  void yamlEqualsTheConfiguration() throws Exception {
    Path file = Files.writeString(dir.resolve("service.yml"), slapd.yaml());
    JsonNode root =
        new YamlConfigurationFactory<>(
                JsonNode.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
            .build(new FileConfigurationSourceProvider(), file.toString());
    DirectoryConfiguration read =
        Jackson.newObjectMapper().treeToValue(root.get("directory"), DirectoryConfiguration.class);
    assertThat(read).isEqualTo(slapd.configuration());
    assertThat(Validators.newValidator().validate(read)).isEmpty();
  }
}
