/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trees made to mislead root when it builds an image: links out of them, FIFOs, devices and endless
 * files in place of every file that is read.
 */
@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileTreeTest {
  private static final String SECRET = "root:$6$salt$hash:19700:0:99999:7:::";

  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  @TempDir Path outside;
  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) throws IOException {
    node = new ScratchNode(root);
    node.write("etc/nsswitch.conf", "passwd: files\n");
    node.write("etc/cadastre/node.conf", "timeout = 5\n");
    node.write("etc/cadastre/accept.d/x", "older@1\n");
    Files.writeString(outside.resolve("secret"), SECRET + "\n" + SECRET + "\n");
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0, said);
  }

  /** The output of the commands that read this file; none may fail with a defect. */
  private String output(String name) {
    boolean checked = name.matches("(proc|home|etc/(login|containers)).*");
    List<Run> runs =
        checked
            ? List.of(node.run("check", "--user", "admin"))
            : List.of(node.sync(registry), node.run("verify"));
    assertThat(runs).as(name).extracting(Run::status).doesNotContain(ExitStatus.SOFTWARE);
    return runs.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etc/subuid",
        "etc/subgid",
        "etc/passwd",
        "etc/group",
        "etc/nsswitch.conf",
        "etc/.pwd.lock",
        "etc/subuid.lock",
        "etc/cadastre/node.conf",
        "etc/cadastre/accept.d/x",
        "etc/cadastre/ca.pem",
        "etc/login.defs",
        "etc/containers/storage.conf",
        "home/admin/.config/containers/storage.conf",
        "proc/self/mountinfo",
        "proc/sys/user/max_user_namespaces",
        "var/lib/cadastre/snapshot",
        "var/lib/cadastre/state",
        "var/lib/cadastre/subid.map",
      })
  void survivesAFifoADeviceAnEndlessFileAndALinkInPlaceOf(String name) throws Exception {
    if (name.endsWith("ca.pem")) {
      node.write("etc/cadastre/node.conf", "ca-file = /etc/cadastre/ca.pem\n");
    }
    Path file = node.path(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.deleteIfExists(file);

    run("mkfifo", file.toString());
    output(name);
    Files.delete(file);

    run("mknod", file.toString(), "c", "1", "5"); // zero(4)
    output(name);
    Files.delete(file);

    try (RandomAccessFile endless = new RandomAccessFile(file.toFile(), "rw")) {
      endless.setLength(3L << 30);
    }
    output(name);
    Files.delete(file);

    Files.createSymbolicLink(file, Path.of("/dev/zero"));
    output(name);
    Files.delete(file);

    // The shadow file of the image, which must not appear in a build log.
    node.write("etc/shadow", SECRET + "\n");
    Files.createSymbolicLink(file, Path.of("/etc/shadow"));
    assertThat(output(name)).doesNotContain("hash");
    Files.delete(file);

    Files.createSymbolicLink(file, outside.resolve("secret"));
    assertThat(output(name)).doesNotContain("hash");
    assertThat(outside.resolve("secret")).hasContent(SECRET + "\n" + SECRET + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"etc/cadastre", "etc/cadastre/accept.d", "etc/containers", "home"})
  void aFolderThatLeadsOutIsNotRead(String folder) throws Exception {
    Files.writeString(outside.resolve("node.conf"), SECRET);
    Files.writeString(outside.resolve("x"), SECRET);
    Files.writeString(outside.resolve("storage.conf"), "driver = " + SECRET);
    run("rm", "-rf", node.path(folder).toString());
    Files.createSymbolicLink(node.path(folder), outside);
    assertThat(output(folder)).doesNotContain("hash", "salt");
    assertThat(node.sync(registry).status()).isZero(); // the image has no such folder
  }

  @Test
  void aLinkIsFollowedAsTheImageItselfWould() throws Exception {
    node.write("usr/share/ns.conf", "subid: cadastre\n");
    Files.delete(node.path("etc/nsswitch.conf"));
    Files.createSymbolicLink(
        node.path("etc/nsswitch.conf"), Path.of("../../../../usr/share/ns.conf"));
    assertThat(node.sync(registry).err()).contains("it says \"subid: cadastre\"");
    node.write("data/lib/x", "");
    Files.createDirectories(node.path("var"));
    run("rm", "-rf", node.path("var/lib").toString());
    Files.createSymbolicLink(node.path("var/lib"), Path.of("/data/lib"));
    assertThat(node.sync(registry).status()).isZero();
    assertThat(node.path("data/lib/cadastre/snapshot")).exists();
  }

  @Test
  void linksInACircleEnd() throws Exception {
    Files.delete(node.path("etc/nsswitch.conf"));
    Files.createSymbolicLink(node.path("etc/nsswitch.conf"), Path.of("nsswitch.conf"));
    Run sync = node.sync(registry);
    assertThat(sync.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(sync.err()).contains("a circle of links");
  }

  @Test
  void aLockThatIsNoLockIsNotQuotedAndNotBroken() throws Exception {
    Files.createSymbolicLink(node.path("etc/subuid.lock"), outside.resolve("secret"));
    Run sync = node.sync(registry);
    assertThat(sync.status()).isEqualTo(ExitStatus.CANNOT_CREATE);
    assertThat(sync.err()).contains("etc/subuid.lock is a link").doesNotContain("hash");
    assertThat(node.files()).doesNotContainKey("etc/subuid");
  }
}
