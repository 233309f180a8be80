/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.plugin;

import io.cadastre.node.Main;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs containers with what storage-conf writes, on ext4, XFS, btrfs, tmpfs, overlay and two kinds
 * of FUSE. There is no NFS here: it needs a kernel with an NFS client and server.
 */
@Tag("slow")
class StorageConfRunsTest {
  @Test
  void whatStorageConfWritesRuns() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    PluginTests.passes(
        5,
        Path.of("src/test/sh/storage-conf-runs").toAbsolutePath().toString(),
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        classPath,
        Main.class.getName());
  }
}
