/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.render.SubidMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cadastre-node plugin on|off}. */
final class PluginCommandTest {
  private static final String NSSWITCH = "etc/nsswitch.conf";
  private static final String LIBRARY = "usr/lib/x86_64-linux-gnu/libsubid_cadastre.so";
  private static final String MAP = "var/lib/cadastre/subid.map";
  private static final byte X86_64 = 62;
  private static final byte AARCH64 = (byte) 183;

  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
    node.write("usr/bin/newuidmap", elf(X86_64, ""));
    node.write(LIBRARY, elf(X86_64, "shadow_subid_free"));
    node.write(MAP, SubidMap.empty(false));
  }

  private static byte[] elf(byte machine, String symbols) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0});
    file.writeBytes(new byte[] {machine, 0});
    file.writeBytes(symbols.getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  @Test
  void replacesTheLineAndPrintsTheDifference() {
    node.write(NSSWITCH, "passwd: files\n# mine\nsubid:  sss # was files\nhosts: dns\n");
    Run run = node.run("plugin", "on");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            --- /etc/nsswitch.conf
            +++ /etc/nsswitch.conf
            @@ -1,4 +1,4 @@
             passwd: files
             # mine
            -subid:  sss # was files
            +subid: cadastre
             hosts: dns
            """);
    assertThat(run.err()).contains("mode = plugin");
    assertThat(node.read(NSSWITCH))
        .isEqualTo("passwd: files\n# mine\nsubid: cadastre\nhosts: dns\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "passwd: files\nsubid: sss\nhosts: dns\n",
        "SubID:\tfiles sss\r\n",
        "passwd: files",
        "passwd: files\n",
        "subid:\n subid: sss\nsubid: sss\nsubid: files\n",
        "passwd: files\n\n\n# \u00e9 not UTF-8\nsubid: sss"
      })
  void offRestoresEveryByte(String text) throws IOException {
    byte[] before = text.getBytes(StandardCharsets.ISO_8859_1);
    node.write(NSSWITCH, before);
    Map<String, String> tree = node.filesWithoutTimes();
    assertThat(node.run("plugin", "on").status()).isZero();
    assertThat(node.read("var/lib/cadastre/nsswitch")).isNotEmpty();
    assertThat(node.run("plugin", "off").status()).isZero();
    assertThat(Files.readAllBytes(node.path(NSSWITCH))).isEqualTo(before);
    assertThat(forNow(node)).isEqualTo(tree);
  }

  @Test
  void offRemovesAFileThatOnMade() {
    Map<String, String> tree = node.filesWithoutTimes();
    assertThat(node.run("plugin", "on").status()).isZero();
    assertThat(node.read(NSSWITCH)).isEqualTo("subid: cadastre\n");
    assertThat(node.run("plugin", "off").status()).isZero();
    assertThat(forNow(node)).isEqualTo(tree);
  }

  /** Without the file of lckpwdf(3), which every useradd leaves as well. */
  private static Map<String, String> forNow(ScratchNode node) {
    Map<String, String> files = node.filesWithoutTimes();
    files.remove("etc/.pwd.lock");
    return files;
  }

  @Test
  void keepsModeAndOwner() throws IOException {
    node.write(NSSWITCH, "subid: sss\n");
    Path file = node.path(NSSWITCH);
    Files.setAttribute(file, "unix:uid", 1000);
    Files.setAttribute(file, "unix:gid", 1000);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    assertThat(node.run("plugin", "on").status()).isZero();
    assertThat(node.files().get(NSSWITCH)).startsWith("100660 1000:1000 ");
    assertThat(node.run("plugin", "off").status()).isZero();
    assertThat(node.files().get(NSSWITCH)).startsWith("100660 1000:1000 ");
  }

  @Test
  void isIdempotent() {
    node.write(NSSWITCH, "subid: sss\n");
    assertThat(node.run("plugin", "off").out()).contains("unchanged");
    assertThat(node.run("plugin", "on").status()).isZero();
    Map<String, String> tree = node.files();
    assertThat(node.run("plugin", "on").out())
        .isEqualTo("/etc/nsswitch.conf: unchanged, the plugin is on already\n");
    assertThat(node.files()).isEqualTo(tree);
    assertThat(node.run("plugin", "off").status()).isZero();
    assertThat(node.read(NSSWITCH)).isEqualTo("subid: sss\n");
  }

  @Test
  void offRemovesALineThatAnAdminWrote() {
    node.write(NSSWITCH, "passwd: files\nsubid: cadastre\nsubid: cadastre files\n");
    assertThat(node.run("plugin", "off").status()).isZero();
    assertThat(node.read(NSSWITCH)).isEqualTo("passwd: files\n");
  }

  @Test
  void dryRunWritesNothing() {
    node.write(NSSWITCH, "subid: sss\n");
    Map<String, String> tree = node.files();
    assertThat(node.run("plugin", "on", "--dry-run").out()).contains("+subid: cadastre");
    assertThat(node.files()).isEqualTo(tree);
  }

  @Test
  void onRefusesWithoutAFitLibrary() throws IOException {
    node.write(NSSWITCH, "subid: sss\n");
    for (byte[] library :
        new byte[][] {{}, "text".getBytes(StandardCharsets.US_ASCII), elf(X86_64, "")}) {
      node.write(LIBRARY, library);
      refused("is not the plugin, or is damaged", "install the package cadastre-libs");
    }
    node.write(LIBRARY, elf(AARCH64, "shadow_subid_free"));
    refused("is for another architecture than /usr/bin/newuidmap");
    Files.delete(node.path(LIBRARY));
    refused("libsubid_cadastre.so is in none of the loader's folders");
  }

  /** While the plugin is off no program reads the map, and an empty one leaves the files in use. */
  @Test
  void onReplacesAMapThatIsNotFit() throws IOException {
    byte[] empty = SubidMap.empty(false);
    Files.delete(node.path(MAP));
    onMakesAnEmptyMap();
    node.write(MAP, "");
    onMakesAnEmptyMap();
    node.write(MAP, Arrays.copyOf(empty, empty.length - 1));
    onMakesAnEmptyMap();
    Files.setPosixFilePermissions(node.path(MAP), PosixFilePermissions.fromString("rw-rw-rw-"));
    onMakesAnEmptyMap();
    Files.delete(node.path(MAP));
    node.write("elsewhere", empty);
    Files.createSymbolicLink(node.path(MAP), Path.of("/elsewhere"));
    node.write(NSSWITCH, "subid: sss\n");
    assertThat(node.run("plugin", "on").status()).isNotZero();
    assertThat(node.read(NSSWITCH)).isEqualTo("subid: sss\n");
  }

  private void onMakesAnEmptyMap() throws IOException {
    node.write(NSSWITCH, "subid: sss\n");
    assertThat(node.run("plugin", "on", "--dry-run").status()).isZero();
    Run run = node.run("plugin", "on");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.readAllBytes(node.path(MAP))).isEqualTo(SubidMap.empty(false));
    assertThat(node.files().get(MAP)).startsWith("100644 0:0 ");
  }

  @Test
  void onKeepsAMapWithRows() throws IOException {
    byte[] map = SubidMap.render(Snapshots.three(42), true);
    node.write(MAP, map);
    node.write(NSSWITCH, "subid: sss\n");
    assertThat(node.run("plugin", "on").status()).isZero();
    assertThat(Files.readAllBytes(node.path(MAP))).isEqualTo(map);
  }

  /** Every look-up fails then, so "on" is no success although the line stands. */
  @Test
  void aPluginThatIsOnNeedsAFitMap() throws IOException {
    node.write(NSSWITCH, "subid: cadastre\n");
    Files.delete(node.path(MAP));
    Run run = node.run("plugin", "on");
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("/var/lib/cadastre/subid.map is missing", "plugin off");
    assertThat(node.run("plugin", "off").status()).isZero();
    assertThat(node.run("plugin", "on").status()).isZero();
    assertThat(Files.readAllBytes(node.path(MAP))).isEqualTo(SubidMap.empty(false));
  }

  private void refused(String... words) {
    Run run = node.run("plugin", "on");
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains(words).contains("nothing was changed");
    assertThat(node.read(NSSWITCH)).isEqualTo("subid: sss\n");
  }

  @Test
  void printsAuthselectsCommands() throws IOException {
    node.write("etc/authselect/nsswitch.conf", "subid: sss\n");
    node.write("etc/authselect/authselect.conf", "sssd\nwith-mkhomedir\nwith-subid\n");
    Files.createSymbolicLink(node.path(NSSWITCH), Path.of("/etc/authselect/nsswitch.conf"));
    Map<String, String> tree = node.files();
    Run run = node.run("plugin", "on");
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err())
        .contains(
            """
              authselect create-profile subid-plugin --base-on sssd --symlink-meta --symlink-pam
              sed -i '/^subid:/Id' /etc/authselect/custom/subid-plugin/nsswitch.conf
              echo 'subid: cadastre' >>/etc/authselect/custom/subid-plugin/nsswitch.conf
              authselect select custom/subid-plugin with-mkhomedir with-subid
            """);
    assertThat(node.files()).isEqualTo(tree);
    node.write("etc/authselect/nsswitch.conf", "subid: cadastre\n");
    node.write("etc/authselect/authselect.conf", "custom/subid-plugin\nwith-subid\n");
    assertThat(node.run("plugin", "on").status()).isZero();
    assertThat(node.run("plugin", "off").err())
        .contains(
            """
              sed -i '/^subid:/Id' /etc/authselect/custom/subid-plugin/nsswitch.conf
              authselect apply-changes
            """);
  }

  @Test
  void knowsAuthselectByItsMarker() {
    node.write(NSSWITCH, "# Generated by authselect\n# Do not modify\nsubid: sss\n");
    Run run = node.run("plugin", "on");
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("authselect create-profile subid-plugin --base-on PROFILE");
  }

  @Test
  void followsNoOtherLink() throws IOException {
    node.write("srv/nsswitch.conf", "subid: sss\n");
    Files.createSymbolicLink(node.path(NSSWITCH), Path.of("/srv/nsswitch.conf"));
    Run run = node.run("plugin", "on");
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("is a link to /srv/nsswitch.conf");
    assertThat(node.read("srv/nsswitch.conf")).isEqualTo("subid: sss\n");
  }

  @Test
  void warnsIfUsersLoseTheirRanges() {
    node.write(NSSWITCH, "subid: cadastre\n");
    node.write("etc/cadastre/node.conf", "mode = plugin\n");
    assertThat(node.run("plugin", "off").err()).contains("its users have no range");
  }

  @Test
  void takesOneOfTwoWords() {
    assertThat(node.run("plugin", "maybe").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(node.run("plugin").status()).isEqualTo(ExitStatus.USAGE);
  }
}
