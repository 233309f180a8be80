/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.ScratchNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A node's tree on which shadow's own programs run: its /etc, /home and /var lie over those of this
 * system, or of the system under {@code -Dcadastre.soak.shadow=TREE}, in a mount namespace of each
 * command.
 */
final class SystemTree {
  private static final String SYSTEM = System.getProperty("cadastre.soak.shadow", "/");
  private static final Path SCRIPT = Path.of("src/test/sh/shadow-on-tree").toAbsolutePath();
  private static final Path PLUGIN = Path.of("target/native/libsubid_cadastre.so").toAbsolutePath();
  private static final int SKIPPED = 77;

  /** As in Debian's, where useradd gives 65536 subordinate IDs. */
  private static final String LOGIN_DEFS =
      """
      UID_MIN 1000
      UID_MAX 60000
      GID_MIN 1000
      GID_MAX 60000
      SUB_UID_MIN 100000
      SUB_UID_MAX 600100000
      SUB_UID_COUNT 65536
      SUB_GID_MIN 100000
      SUB_GID_MAX 600100000
      SUB_GID_COUNT 65536
      USERGROUPS_ENAB yes
      ENCRYPT_METHOD SHA256
      """;

  /** The loader's cache with the plugin, of each system: ldconfig takes longer than useradd. */
  private static final Map<String, byte[]> LOADER_CACHE = new ConcurrentHashMap<>();

  private final Path root;
  private final ScratchNode node;

  /** What a command printed, and its exit status. */
  record Ran(int status, String said) {}

  /** A tree with the accounts root and admin, and with the plugin where the loader finds it. */
  SystemTree(Path root) throws IOException, InterruptedException {
    this.root = root;
    this.node = new ScratchNode(root);
    command(
        "sh",
        "-c",
        "mkdir -p $0/home $0/var/lib/cadastre $0/var/log $0/var/mail $0/var/plugin && cd $1/etc &&"
            + " cp -a pam.d nsswitch.conf ld.so.conf ld.so.conf.d security default skel $0/etc/",
        root.toString(),
        SYSTEM);
    node.write("etc/login.defs", LOGIN_DEFS);
    node.write("etc/shadow", "root:*:1::::::\nadmin:*:1::::::\n");
    node.write("etc/gshadow", "root:*::\nadmin:*::\n");
    node.write("etc/subuid", "");
    node.write("etc/subgid", "");
    assumeTrue(Files.exists(PLUGIN), "the plugin is not built: make -C nss-client/src/main/c");
    node.write("var/plugin/" + PLUGIN.getFileName(), Files.readAllBytes(PLUGIN));
    node.write("etc/ld.so.conf.d/cadastre-test.conf", "/var/plugin\n");
    if (!LOADER_CACHE.containsKey(SYSTEM)) {
      Ran first = run("ldconfig");
      assumeTrue(!first.said().contains("unshare:"), "only root can mount: " + first.said());
      assertThat(first.status()).as(first.said()).isZero();
      LOADER_CACHE.put(SYSTEM, Files.readAllBytes(root.resolve("etc/ld.so.cache")));
    }
    node.write("etc/ld.so.cache", LOADER_CACHE.get(SYSTEM));
    serveFrom("files");
  }

  private SystemTree(Path root, ScratchNode node) {
    this.root = root;
    this.node = node;
  }

  /** A copy of this tree, in a folder that does not exist yet. */
  SystemTree copy(Path to) throws IOException, InterruptedException {
    command("cp", "-a", root.toString(), to.toString());
    return new SystemTree(to, new ScratchNode(to));
  }

  /**
   * Whether shadow is 4.17, whose useradd, userdel and usermod fail while libsubid asks the plugin.
   * Those of 4.13, and newusers of both, leave the files alone then and say nothing.
   */
  static boolean isDebian13() {
    return !SYSTEM.equals("/");
  }

  /** The node of this tree. */
  ScratchNode node() {
    return node;
  }

  /** The folder of this tree. */
  Path root() {
    return root;
  }

  /** Sets the mode of the node, and the source of libsubid to it. */
  void serveFrom(String mode, String... settings) {
    node.write(
        "etc/cadastre/node.conf", "mode = " + mode + "\n" + String.join("\n", settings) + "\n");
    ask(mode.equals("plugin"));
  }

  /** Sets whether libsubid asks the plugin, whatever the mode is. */
  void ask(boolean plugin) {
    String accounts = "passwd: files\ngroup: files\nshadow: files\n";
    node.write("etc/nsswitch.conf", accounts + (plugin ? "subid: cadastre\n" : ""));
  }

  /** Runs a program of the system on this tree. */
  Ran run(String... program) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(SCRIPT.toString(), root.toString(), SYSTEM));
    all.addAll(List.of(program));
    Ran ran = command(all.toArray(String[]::new));
    assumeTrue(ran.status() != SKIPPED, ran.said());
    return ran;
  }

  /** Runs a program of the system, which has to succeed. */
  void runs(String... program) throws IOException, InterruptedException {
    Ran ran = run(program);
    assertThat(ran.status()).as(String.join(" ", program) + ": " + ran.said()).isZero();
  }

  /** Runs newusers with these accounts. */
  Ran newusers(String name, long uid) throws IOException, InterruptedException {
    node.write(
        "home/accounts", "%s:Secret-123:%d:%d::/home/%s:/bin/sh\n".formatted(name, uid, uid, name));
    return run("newusers", "/home/accounts");
  }

  private static Ran command(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(said).isTrue();
      return new Ran(process.exitValue(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
