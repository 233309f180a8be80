/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** storage-conf and check on a tree whose user has a storage.conf and a used graphroot. */
@Tag("slow")
class KeptSettingsTest {
  private static final String FILE = "home/zoe/.config/containers/storage.conf";
  private static final String STORES =
      "[storage]\ndriver = \"overlay\"\n\n[storage.options]\nadditionalimagestores = [\"/sw\"]\n";

  @TempDir Path root;
  private ScratchNode node;

  @BeforeEach
  void node() throws IOException {
    node = new ScratchNode(root);
    node.write("etc/passwd", "root:x:0:0::/root:/bin/sh\nzoe:x:4242:4242::/home/zoe:/bin/sh\n");
    node.write("etc/subuid", "zoe:1001062400:65536\n");
    node.write("etc/subgid", "zoe:1001062400:65536\n");
    node.write("proc/self/mountinfo", "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n");
    for (String folder : List.of("", "sw", "home", "home/zoe")) {
      Files.createDirectories(root.resolve(folder));
      Files.setPosixFilePermissions(
          root.resolve(folder), PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    for (String folder :
        List.of("sw/overlay-images", "sw/overlay-layers", "sw/vfs-images", "sw/vfs-layers")) {
      String list = folder + "/" + folder.substring(folder.indexOf('-') + 1);
      node.write(list + ".lock", "");
      node.write(list + ".json", "[]");
      open(folder, "rwxr-xr-x");
      open(list + ".lock", "rw-r--r--");
      open(list + ".json", "rw-r--r--");
    }
    open("sw", "rwxr-xr-x");
  }

  private void open(String path, String permissions) throws IOException {
    Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString(permissions));
  }

  private String written() throws IOException {
    return node.run("storage-conf", "--user", "zoe").out();
  }

  private void usedWith(String driver, String database) throws IOException {
    String graphroot = "home/zoe/.local/share/containers/storage/";
    Files.createDirectories(root.resolve(graphroot + driver + "-images"));
    Files.setPosixFilePermissions(
        root.resolve(graphroot), PosixFilePermissions.fromString("rwxrwxrwx"));
    node.write(graphroot + database, "");
  }

  @Test
  void imageStoresAreKept() throws IOException {
    node.write(FILE, STORES);
    assertThat(written()).endsWith(STORES);
  }

  @Test
  void theDatabasesDriverIsWritten() throws IOException {
    node.write(FILE, STORES);
    for (String database : List.of("libpod/bolt_state.db", "libpod/db.sql", "db.sql")) {
      usedWith("vfs", database);
      assertThat(written()).as(database).contains("driver = \"vfs\"").contains("[\"/sw\"]");
      Files.delete(root.resolve("home/zoe/.local/share/containers/storage/" + database));
    }
    assertThat(written()).endsWith(STORES);
  }

  @Test
  void explainAndCheckNameTheDatabase() throws IOException {
    node.write(FILE, "[storage]\ndriver = \"overlay\"\n");
    usedWith("vfs", "libpod/bolt_state.db");
    assertThat(node.run("storage-conf", "--explain", "--user", "zoe").out())
        .contains("driver: vfs")
        .contains("warning: driver-recorded: /" + FILE + ":2: driver overlay is not used");
    assertThat(node.run("check", "--user", "zoe").out())
        .containsPattern("N13 warn .*libpod's database");
  }
}
