/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A running SSSD in a tree of Debian, with config/examples/sssd.conf and {@code subid: sss}. Its
 * cache begins empty, and lasts for {@link #CACHE_SECONDS}.
 */
public final class SssdTree implements AutoCloseable {
  /** The {@code entry_cache_timeout} of the configuration. */
  public static final int CACHE_SECONDS = 5;

  private static final Path SAMPLE =
      Path.of(System.getProperty("cadastre.root"), "config/examples/sssd.conf");

  private final Path tree;
  private final Process sssd;

  private SssdTree(Path tree, Process sssd) {
    this.tree = tree;
    this.sssd = sssd;
  }

  /**
   * Starts SSSD; needs root.
   *
   * @param tree made by debootstrap with sssd-ldap, libnss-sss and uidmap
   * @param url of the server, which has the account of the sample
   */
  public static SssdTree start(Path tree, String url) throws IOException {
    Path conf = tree.resolve("etc/sssd/sssd.conf");
    Files.writeString(
        conf,
        Files.readString(SAMPLE)
            // SSSD 2.10 and later use StartTLS for ldap://.
            .replace("ldaps://ldap1.example.org", url + "\nldap_id_use_start_tls = false")
            .replace("replace-me", Slapd.PASSWORD)
            .replaceFirst("#entry_cache_timeout = .*", "entry_cache_timeout = " + CACHE_SECONDS));
    Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-------"));
    Path nsswitch = tree.resolve("etc/nsswitch.conf");
    Files.writeString(nsswitch, "passwd: files sss\ngroup: files sss\nsubid: sss\n");
    for (String cache : List.of("db", "mc")) {
      try (Stream<Path> files = Files.list(tree.resolve("var/lib/sss").resolve(cache))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.deleteIfExists(tree.resolve("run/sssd.pid"));
    List<String> command =
        new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
    // The PID namespace ends SSSD's own children with it.
    command.addAll(List.of("--pid", "--fork", "--kill-child", "--mount-proc=" + tree + "/proc"));
    command.addAll(List.of("chroot", tree.toString(), "sssd", "-i", "--logger=files"));
    Process sssd =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(tree.resolve("var/log/sssd.out").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(sssd::destroyForcibly));
    return new SssdTree(tree, sssd);
  }

  /** The version of the tree's SSSD. */
  public String version() throws IOException {
    return LdapPrograms.run("chroot", tree, "sssd", "--version").strip();
  }

  /** Whether NSS in the tree knows an account. */
  public boolean knows(String name) throws IOException {
    return run("getent passwd '" + name + "' || true").contains(name);
  }

  /**
   * Returns what getsubids prints for each name, first the subuids, then the subgids, as {@code "0:
   * zoe 1001062400 65536"}; an owner without ranges has none.
   */
  public Map<String, List<String>> ranges(List<String> names) throws IOException {
    StringBuilder script = new StringBuilder();
    for (String name : names) {
      script.append("echo '= %1$s'; getsubids %1$s; getsubids -g %1$s;%n".formatted(name));
    }
    Map<String, List<String>> ranges = new HashMap<>();
    String current = "";
    for (String line : run("exec 2>/dev/null\n" + script + "true").lines().toList()) {
      if (line.startsWith("= ")) {
        current = line.substring(2);
        ranges.put(current, new ArrayList<>());
      } else {
        ranges.get(current).add(line);
      }
    }
    return ranges;
  }

  private String run(String script) throws IOException {
    return LdapPrograms.run("chroot", tree, "bash", "-c", script);
  }

  /** What SSSD has printed and logged, for a failure. */
  public String log() throws IOException {
    return LdapPrograms.run(
        "bash", "-c", "tail -n 20 '%s'/var/log/sssd.out '%s'/var/log/sssd/*".formatted(tree, tree));
  }

  /** Kills it and waits for the end of all of its processes: the next one needs the PID file. */
  @Override
  public void close() {
    List<ProcessHandle> processes = sssd.descendants().toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    sssd.destroyForcibly().onExit().join();
  }
}
