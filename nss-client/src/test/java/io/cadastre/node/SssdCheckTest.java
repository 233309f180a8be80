/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.subid.IdRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N26 to N29: sssd.conf beside the names of the snapshot. */
class SssdCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AD =
      """
      [sssd]
      services = nss, pam
      domains = site.example

      [domain/site.example]
      id_provider = ad
      """;

  @TempDir Path root;
  private ScratchNode node;
  private final TestRegistry registry =
      TestRegistry.serving(
          Snapshots.of(
              2,
              Snapshots.row("User0003", 30003, 1, new IdRange(1_001_062_400L, 65536)),
              Snapshots.row("zoe", 30004, 2, new IdRange(1_001_127_936L, 65536))));

  @BeforeEach
  void node() throws IOException {
    node = new ScratchNode(root);
    assertThat(node.sync(registry).status()).isZero();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Map<String, String> verdicts() throws IOException {
    Map<String, String> verdicts = new TreeMap<>();
    for (JsonNode check : JSON.readTree(node.run("check", "--json").out()).path("checks")) {
      verdicts.put(check.path("check").asText(), check.path("verdict").asText());
    }
    return verdicts;
  }

  private String printed() {
    return node.run("check", "--failures-only").out();
  }

  @Test
  void aNodeWithoutSssdHasNothingToCheck() throws IOException {
    assertThat(verdicts())
        .containsEntry("N26", "not applicable")
        .containsEntry("N27", "not applicable")
        .containsEntry("N28", "not applicable")
        .containsEntry("N29", "not applicable");
  }

  @Test
  void theDefaultsOfTheAdProviderAreNamed() throws IOException {
    node.write("etc/sssd/sssd.conf", AD);

    assertThat(verdicts())
        .containsEntry("N26", "warn")
        .containsEntry("N27", "pass")
        .containsEntry("N28", "fail");
    assertThat(printed())
        .contains("ldap_id_mapping = false")
        .contains("User0003", "identity.nameCase: lower", "case_sensitive = Preserving");
  }

  @Test
  void theSettingsOfTheManualPass() throws IOException {
    node.write(
        "etc/sssd/sssd.conf",
        AD
            + "ldap_id_mapping = False\ncase_sensitive = Preserving\n"
            + "use_fully_qualified_names = False\n");

    assertThat(verdicts())
        .containsEntry("N26", "pass")
        .containsEntry("N27", "pass")
        .containsEntry("N28", "pass");
  }

  @Test
  void idMappingFailsWithThePlugin() throws IOException {
    node.write("etc/cadastre/node.conf", "mode = plugin\n");
    node.write("etc/sssd/sssd.conf", AD);

    assertThat(verdicts()).containsEntry("N26", "fail");
  }

  @Test
  void aSnippetWinsOverTheMainFile() throws IOException {
    node.write("etc/sssd/sssd.conf", AD + "ldap_id_mapping = false\n");
    node.write(
        "etc/sssd/conf.d/50-names.conf",
        "# names\n[domain/site.example]\nuse_fully_qualified_names = True\n");
    node.write("etc/sssd/conf.d/.hidden.conf", "[domain/site.example]\nldap_id_mapping = true\n");

    assertThat(verdicts()).containsEntry("N26", "pass").containsEntry("N27", "fail");
    assertThat(printed()).contains("use_fully_qualified_names", "User0003, with 1 more,");
  }

  @Test
  void aDomainThatIsNotInUseIsNotChecked() throws IOException {
    node.write("etc/sssd/sssd.conf", AD.replace("domains = site.example", "domains = other"));

    assertThat(verdicts()).containsEntry("N26", "pass").containsEntry("N28", "pass");

    node.write("etc/sssd/conf.d/on.conf", "[domain/site.example]\nenabled = true\n");
    assertThat(verdicts()).containsEntry("N26", "warn").containsEntry("N28", "fail");
  }

  @Test
  void rowsByUidNeedNoName() throws IOException {
    node.write("etc/cadastre/node.conf", "owners = uid\n");
    node.write(
        "etc/sssd/sssd.conf", AD + "ldap_id_mapping = false\nuse_fully_qualified_names = true\n");

    assertThat(verdicts()).containsEntry("N27", "pass").containsEntry("N28", "pass");
  }

  @Test
  void theAdProviderIsNoSourceOfRanges() throws IOException {
    node.write("etc/nsswitch.conf", "subid: sss\n");
    node.write("etc/sssd/sssd.conf", AD);
    assertThat(verdicts()).containsEntry("N29", "fail");

    node.write("etc/sssd/sssd.conf", AD.replace("= ad", "= ldap"));
    assertThat(verdicts())
        .containsEntry("N26", "pass")
        .containsEntry("N28", "pass")
        .containsEntry("N29", "pass");
  }
}
