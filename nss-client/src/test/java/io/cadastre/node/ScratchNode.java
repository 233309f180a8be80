/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A node's file tree in a scratch folder, and the command run on it. */
public final class ScratchNode {
  private final Path root;

  /**
   * A node with passwd and group, as on every system, and without subordinate IDs; or the node that
   * the folder holds.
   */
  public ScratchNode(Path root) {
    this.root = root;
    if (Files.exists(path("etc/passwd"))) {
      return;
    }
    write(
        "etc/passwd", "root:x:0:0:root:/root:/bin/bash\nadmin:x:1000:1000::/home/admin:/bin/sh\n");
    write("etc/group", "root:x:0:\nadmin:x:1000:\n");
  }

  /** The result of the command. */
  public record Run(int status, String out, String err) {}

  /** Runs {@code cadastre-node COMMAND --root ROOT ARGS...} in this process. */
  public Run run(String command, String... args) {
    List<String> all = new ArrayList<>(List.of(command, "--root", root.toString()));
    all.addAll(List.of(args));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(all.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    return new Run(status, out.toString(), err.toString());
  }

  /** Runs a sync against this registry. */
  public Run sync(TestRegistry registry, String... args) {
    List<String> all = new ArrayList<>(List.of("--url", registry.url()));
    all.addAll(List.of(args));
    return run("sync", all.toArray(String[]::new));
  }

  /** A path of the tree. */
  public Path path(String name) {
    return root.resolve(name);
  }

  /** Writes a file, mode 0644. */
  public void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file, mode 0644. */
  public void write(String name, byte[] bytes) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.write(path(name), bytes);
      Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString("rw-r--r--"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file. */
  public String read(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file: its name, and its mode, owner, group, bytes and time of last change. */
  public Map<String, String> files() {
    return describe(root, true);
  }

  /** Every file without its time. */
  public Map<String, String> filesWithoutTimes() {
    return describe(root, false);
  }

  private static Map<String, String> describe(Path dir, boolean times) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path path : all.filter(p -> !Files.isDirectory(p)).toList()) {
        Map<String, Object> a =
            Files.readAttributes(
                path, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        files.put(
            dir.relativize(path).toString(),
            "%o %s:%s %s\n%s"
                .formatted(
                    (Integer) a.get("mode"),
                    a.get("uid"),
                    a.get("gid"),
                    times ? a.get("lastModifiedTime") : "",
                    Files.exists(path)
                        ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                        : "dangling"));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
