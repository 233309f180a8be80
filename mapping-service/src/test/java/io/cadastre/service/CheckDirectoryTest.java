/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.service.directory.Slapd;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cadastre check} reads the accounts of the configured directory. */
@Tag("slow")
class CheckDirectoryTest {
  @TempDir Path dir;

  private CommandLine check(String directory) throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("cadastre.yml"),
            """
            access: open
            ledger: {url: "jdbc:h2:file:%s/ledger", user: sa, create: ifMissing}
            pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
            %s
            """
                .formatted(dir, directory));
    return CommandLine.run("check", file.toString());
  }

  @Test
  void checkCountsTheAccountsAndNamesWhatDoesNotFit() throws Exception {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    try (Slapd slapd = Slapd.start()) {
      slapd.addAccount("zoe", 5000, 5000);
      slapd.addAccount("yan", 5001, 5001);
      String yaml = slapd.yaml();
      String base = "    base: \"" + Slapd.PEOPLE + "\"\n";
      assertThat(yaml).contains(base);

      CommandLine right = check(yaml);
      CommandLine entitlesNone =
          check(
              yaml.replace(
                  base,
                  base + "    entitlementFilter: (description=rootless)\n    minimumUid: 1000\n"));
      CommandLine bases =
          check(
              yaml.replace(
                  base,
                  """
                      bases:
                        - %s
                        - {dn: "%s", dereferenceAliases: always}
                      realIdBases: ["%s"]
                  """
                      .formatted(Slapd.PEOPLE, Slapd.GROUPS, Slapd.SUBIDS)));
      CommandLine twice =
          check(yaml.replace(base, base + "    bases: [\"" + Slapd.GROUPS + "\"]\n"));
      slapd.stop();
      CommandLine down = check(yaml.replace("2m", "1s"));

      assertThat(right.status()).isZero();
      assertThat(right.err()).contains("2 accounts match accountFilter, ", "2 are entitled");
      assertThat(entitlesNone.status()).isEqualTo(65);
      assertThat(entitlesNone.out())
          .contains("error none-entitled", "2 match accountFilter, 0 are entitled");
      assertThat(bases.status()).isZero();
      assertThat(bases.err()).contains("2 below " + Slapd.PEOPLE + ", 0 below " + Slapd.GROUPS);
      assertThat(bases.out()).contains("warning no-accounts", "warning no-real-ids");
      assertThat(twice.status()).isEqualTo(78);
      assertThat(twice.err()).contains("needs base: DN, or bases: [DN, ...], and not both");
      assertThat(down.status()).isZero();
      assertThat(down.err()).contains("the accounts were not read: ");
    }
  }
}
