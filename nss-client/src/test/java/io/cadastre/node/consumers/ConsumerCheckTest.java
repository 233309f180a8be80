/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.node.ScratchNode;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Review F7 and F30: check N30 finds the programs that do not ask libsubid. */
@Tag("slow")
class ConsumerCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILES_BY_UID = "mode = files\nowners = uid\n";
  private static final String PLUGIN = "mode = plugin\n";

  @TempDir Path root;
  private ScratchNode node;
  private final TestRegistry registry =
      TestRegistry.serving(Snapshots.of(1, Snapshots.row("zoe", 1001)));

  @BeforeEach
  void node() {
    node = new ScratchNode(root);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  /** The verdict of N30 in a mode, its reason and its remedy. */
  private String found(String settings) throws IOException {
    node.write("etc/cadastre/node.conf", settings);
    assertThat(node.sync(registry).status()).isZero();
    return N30.of(node);
  }

  private void program(String name, String text) {
    node.write(name, "\u007fELF\u0002" + text);
  }

  @Test
  void aNodeWithoutTheRegistryHasNothingToCheck() throws IOException {
    program("usr/bin/apptainer", "");
    assertThat(N30.of(node)).startsWith("not applicable: there is no stored snapshot");
  }

  @Test
  void filesByNameServeAllOfThem() throws IOException {
    program("usr/bin/apptainer", "");
    program("usr/bin/lxc-usernsexec", "");
    assertThat(found("")).startsWith("pass: /etc/subuid and /etc/subgid name all owners");
  }

  /**
   * rootlesskit 1.1.0 asks getsubids by name and by uid. shadow 4.20 answers a uid from a row with
   * the name too, so that newuidmap gets the range twice.
   */
  @ParameterizedTest
  @CsvSource({
    "4.13+dfsg1-1, pass",
    "4.19.4-1, pass",
    "4.20.0-1, warn",
    "4.20.3-1, warn",
    "5.0-1, warn",
    "none, warn"
  })
  void theFirstRootlesskitWithGetsubidsDependsOnShadow(String shadow, String verdict)
      throws IOException {
    program("usr/bin/rootlesskit", "dynidtools.GetSubIDRanges");
    node.write("var/lib/dpkg/status", "Package: passwd\nVersion: 1:" + shadow + "\n\n");
    assertThat(found("")).startsWith(verdict + ": ");
    node.write("usr/bin/rootlesskit", "\u007fELF dynidtools.withoutDuplicates");
    assertThat(found("")).startsWith("pass: ");
  }

  @Test
  void anOldRootlesskitIsReplaced() throws IOException {
    program("usr/bin/rootlesskit", "dynidtools.GetSubIDRanges");
    assertThat(found(""))
        .isEqualTo(
            "warn: with owners = name, rootlesskit before 1.1.1 (/usr/bin/rootlesskit) fails if it"
                + " is version 1.1.0, and rootless Docker and BuildKit with it: it finds one range"
                + " twice if shadow is 4.20 or later. Install rootlesskit 1.1.1 or later.");
    assertThat(found(PLUGIN)).endsWith(". Install rootlesskit 1.1.1 or later.");
    program("usr/bin/lxc-usernsexec", "");
    assertThat(found(PLUGIN))
        .contains("Install rootlesskit 1.1.1 or later. Serve a node with", "owners = name");
  }

  @Test
  void thePluginServesNoProgramThatReadsTheFiles() throws IOException {
    program("usr/bin/apptainer", "");
    program("usr/local/bin/buildah", "");
    program("usr/bin/rootlesskit", "dynidtools.GetSubIDRanges");
    program("usr/bin/lxc-usernsexec", "");
    program("usr/libexec/authd", "");
    node.write("usr/bin/mmdebstrap", "#!/usr/bin/perl\n");
    node.write(
        "usr/share/docker.io/contrib/dockerd-rootless-setuptool.sh",
        "#!/bin/sh\ngrep -q \"^zoe:\" /etc/subuid\n");
    assertThat(found(PLUGIN))
        .startsWith("warn: ")
        .contains(
            "Apptainer without libsubid (/usr/bin/apptainer) ",
            "Buildah without libsubid (/usr/local/bin/buildah) maps the user's own uid only",
            "rootlesskit before 1.1.1 (/usr/bin/rootlesskit) ",
            "LXC (/usr/bin/lxc-usernsexec) ",
            "mmdebstrap (/usr/bin/mmdebstrap) ",
            "authd (/usr/libexec/authd) ",
            "Docker's set-up tool without getsubids"
                + " (/usr/share/docker.io/contrib/dockerd-rootless-setuptool.sh) ")
        .contains("owners = name", "docs/nodes.md");
  }

  @Test
  void rowsByUidServeOnlyProgramsThatLookForTheUid() throws IOException {
    program("usr/bin/apptainer", "");
    program("usr/bin/unshare", "");
    assertThat(found(FILES_BY_UID)).startsWith("pass: ");
    program("usr/bin/lxc-usernsexec", "");
    program("usr/bin/rootlesskit", "");
    assertThat(found(FILES_BY_UID))
        .startsWith("warn: ")
        .contains("LXC (/usr/bin/lxc-usernsexec) ", "rootlesskit before 1.1.1 ")
        .doesNotContain("Apptainer", "unshare");
  }

  @Test
  void programsThatAskLibsubidAreServed() throws IOException {
    program("usr/bin/apptainer", "libc.so.6\0libsubid.so.4\0");
    program("usr/bin/podman", "libsubid.so.4\0");
    program("usr/bin/rootlesskit", "x".repeat(3 << 20) + "dynidtools.withoutDuplicates");
    node.write("usr/bin/dockerd-rootless-setuptool.sh", "#!/bin/sh\ngetsubids \"$USERNAME\"\n");
    assertThat(found(PLUGIN)).startsWith("pass: ");
    assertThat(found(FILES_BY_UID)).startsWith("pass: ");
  }

  @Test
  void aWrapperSaysNothingOfItsProgram() throws IOException {
    node.write("usr/local/bin/podman", "#!/bin/sh\nexec ssh host podman \"$@\"\n");
    assertThat(found(PLUGIN)).startsWith("pass: ");
  }

  @Test
  void theSecondOfTwoProgramsIsJudgedToo() throws IOException {
    program("usr/local/bin/apptainer", "libsubid.so.4\0");
    program("usr/bin/apptainer", "");
    assertThat(found(PLUGIN)).contains("Apptainer without libsubid (/usr/bin/apptainer) ");
  }

  @Test
  void unshareIsOnEveryNodeAndIsNamedWithoutAWarning() throws IOException {
    program("usr/bin/unshare", "");
    assertThat(found(PLUGIN)).startsWith("pass: ").contains("unshare --map-auto fails");
    program("usr/bin/lxc-usernsexec", "");
    assertThat(found(PLUGIN))
        .startsWith("warn: ")
        .contains("LXC (", "unshare --map-auto (/usr/bin/unshare) fails");
  }

  @Test
  void aLinkIsFollowedInsideTheTree() throws IOException {
    program("opt/apptainer/bin/apptainer", "");
    Files.createDirectories(root.resolve("usr/bin"));
    Files.createSymbolicLink(
        root.resolve("usr/bin/apptainer"), Path.of("/opt/apptainer/bin/apptainer"));
    assertThat(found(PLUGIN)).contains("Apptainer without libsubid (/usr/bin/apptainer) ");
  }

  /** The answer of check N30. */
  static final class N30 {
    private N30() {}

    /** Its verdict, reason and remedy, in one line. */
    static String of(ScratchNode node) throws IOException {
      JsonNode checks = JSON.readTree(node.run("check", "--json").out()).path("checks");
      return StreamSupport.stream(checks.spliterator(), false)
          .filter(check -> check.path("check").asText().equals("N30"))
          .map(
              check ->
                  "%s: %s. %s"
                      .formatted(
                          check.path("verdict").asText(),
                          check.path("why").asText(),
                          check.path("remedy").asText()))
          .findFirst()
          .orElse("there is no N30");
    }
  }
}
